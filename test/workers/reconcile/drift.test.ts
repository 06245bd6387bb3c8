import { expect } from 'chai';
import { driftEvent, idsOf, type Drift } from '../../../workers/reconcile/drift.ts';

describe('a difference between registry and authority', () => {
  for (const [done, type] of [
    ['waits', 'orphan_client.found'],
    ['told', 'orphan_client.found'],
    ['removed', 'orphan_client.removed'],
    ['mended', 'orphan_client.mended'],
  ] as const)
    it(`is the event ${type} when it ${done === 'waits' ? 'waits' : `was ${done}`}`, () => {
      const drift: Drift = { what: 'orphan_client', client_id: 'a', tenant_id: 'acme', done };
      const event = JSON.parse(driftEvent(drift)) as Record<string, unknown>;
      expect(event).to.include({ type, target: 'a', tenant_id: 'acme' });
    });

  it('names the tenant that the client says at the authority, or that the registry knows', () => {
    const atAuthority = { kind: 'tenant', client_id: 'a', client_metadata: { tenant_id: 'acme' } };
    const registered = { kind: 'tenant', client_id: 'a', tenant_id: 'globex' };
    expect(idsOf(atAuthority as never)).to.deep.equal({ client_id: 'a', tenant_id: 'acme' });
    expect(idsOf(registered as never)).to.deep.equal({ client_id: 'a', tenant_id: 'globex' });
  });

  it('names no tenant that is no text', () => {
    const client = { kind: 'app', client_id: 'a', client_metadata: { tenant_id: { $gt: '' } } };
    expect(idsOf(client as never).tenant_id).to.equal(undefined);
  });
});
