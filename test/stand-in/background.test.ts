import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, operatorToken, startStandIn } from './account.ts';

/** What goes on after the answer. All of it is recorded; how long it takes is not. */
describe('stand-in: what Auth0 does in the background', () => {
  let standIn: StandIn;
  let token: string;
  beforeEach(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
  });
  afterEach(() => standIn.close());
  const call = (method: string, path: string, body?: unknown) =>
    callManagement(standIn, token, method, path, body);

  it('deletes connections: again 202 until it is done, then 204', async () => {
    const { body } = await call('POST', 'connections', { name: 'to-go', strategy: 'auth0' });
    const path = `connections/${String(body['id'])}`;
    standIn.controls.change({ connectionDeletionMs: 60_000 });
    const first = await call('DELETE', path);
    expect(await call('DELETE', path)).to.deep.include({ status: 202, body: first.body });
    standIn.controls.advanceClock(60_000);
    for (let again = 0; again < 2; again += 1) expect((await call('DELETE', path)).status).to.equal(204);
  });

  it('deletes connections at once, where nothing else is set', async () => {
    const { body } = await call('POST', 'connections', { name: 'to-go', strategy: 'auth0' });
    const path = `connections/${String(body['id'])}`;
    expect([(await call('DELETE', path)).status, (await call('DELETE', path)).status]).to.deep.equal([
      202, 204,
    ]);
  });

  it('looks for the DNS record of a custom domain, and shows it', async () => {
    const domain = { domain: 'login.example.com', type: 'auth0_managed_certs' };
    const { body } = await call('POST', 'custom-domains', domain);
    const path = `custom-domains/${String(body['custom_domain_id'])}`;
    expect((await call('GET', path)).body).not.to.have.any.keys('certificate');
    standIn.controls.advanceClock(60_000);
    const { body: later } = await call('GET', path);
    expect(later).to.have.nested.include({
      'verification.status': 'pending',
      status: 'pending_verification',
    });
    expect(later['certificate']).to.deep.equal({ certificate_authority: 'letsencrypt' });
  });

  it('fails to send a verification mail, where mails fail', async () => {
    const send = async (): Promise<unknown> => {
      const { body } = await call('POST', 'jobs/verification-email', { user_id: 'auth0|ann' });
      return (await call('GET', `jobs/${String(body['id'])}`)).body['status'];
    };
    expect([await send(), standIn.controls.mails().length]).to.deep.equal(['completed', 1]);
    standIn.controls.change({ mailDelivery: 'fails' });
    expect([await send(), standIn.controls.mails().length]).to.deep.equal(['failed', 1]);
  });

  it('reads metadata documents that the seed has, and fetches none of them', async () => {
    const address = 'https://client.example/metadata.json';
    standIn.store.identityProviders.put({
      discovery_url: address,
      metadata: {
        client_id: address,
        client_name: 'Told',
        redirect_uris: ['https://client.example/callback'],
        grant_types: ['authorization_code'],
      },
    });
    const { status, body } = await call('POST', 'clients/cimd/register', { external_client_id: address });
    expect([status, body['validation']]).to.deep.equal([201, { valid: true, violations: [], warnings: [] }]);
  });
});
