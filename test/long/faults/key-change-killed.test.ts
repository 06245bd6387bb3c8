import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { newApiKey, until, type NewKey } from '../../support/api-keys.ts';
import { managementOf } from '../../support/authority.ts';
import { user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { moveInto, WORLD_MS } from '../../support/world.ts';
import { gatedDeployment, type GatedDeployment } from '../../faults/gated-deployment.ts';

const WIDE = ['read:tenant', 'read:users'];
const NARROW = ['read:tenant'];

describe('a change of an API key whose worker dies', () => {
  let gated: GatedDeployment;
  let moveOut: () => void;

  before(async function () {
    this.timeout(WORLD_MS);
    gated = await gatedDeployment();
    const { deployment } = gated;
    moveOut = moveInto({ ...deployment, apis: [deployment.api, deployment.api] });
  });
  after(async function () {
    this.timeout(WORLD_MS);
    moveOut?.();
    await gated?.end();
  });

  /** The worker is killed when `reached` resolves; another one carries on. */
  async function killedAt(
    key: NewKey,
    body: { name: string; scopes: string[] },
    reached: Promise<unknown> | (() => Promise<unknown>),
  ) {
    const as = await user('acme');
    const headers = { prefer: 'respond-async' };
    const asked = await call('PATCH', key.path, { as, body, headers });
    await (typeof reached === 'function' ? reached() : reached);
    await gated.kill.worker();
    const job = asked.headers.get('location')!;
    let ended: { status: string; answer?: { body: object } };
    await until(async () => {
      ended = (await call('GET', job, { as })).body;
      return !['queued', 'running'].includes(ended.status);
    });
    expect(ended!.status).to.equal('succeeded');
    expect(ended!.answer?.body).to.deep.include(body);
    const sdk = managementOf(gated.deployment);
    const { data } = await sdk.clientGrants.list({ client_id: key.clientId });
    expect(data.map(({ scope }) => scope)).to.deep.equal([body.scopes]);
    expect((await sdk.clients.get(key.clientId)).name).to.equal(body.name);
    const isSo = async () => {
      const me = await call('GET', '/v1/me', { as: key.as });
      return JSON.stringify((me.body.scopes as string[]).sort()) === JSON.stringify(body.scopes);
    };
    await until(isSo);
  }

  const changes: [string, string[], string[]][] = [
    ['adds scopes', NARROW, WIDE],
    ['takes scopes away', WIDE, NARROW],
  ];
  for (const [what, from, scopes] of changes) {
    const start = async () => {
      const key = await newApiKey('acme', { scopes: from });
      expect((await call('GET', '/v1/me', { as: key.as })).status).to.equal(200);
      return { key, name: `Changed ${randomUUID()}` };
    };

    it(`is completed when it has changed the registry: ${what}`, async () => {
      const { key, name } = await start();
      const held = gated.gate.holdAt(new RegExp(`"name":"${name}"`), 'unanswered');
      await killedAt(key, { name, scopes }, held);
    });

    for (const when of ['before', 'after'] as const)
      it(`is completed ${when} Auth0 has carried out its call: ${what}`, async () => {
        const { control } = gated.deployment;
        const { key, name } = await start();
        const { id } = await control.addFault({
          method: 'PATCH',
          path: '/api/v2/client-grants/{id}',
          times: 1,
          effect: { kind: 'hang', when },
        });
        await killedAt(key, { name, scopes }, () =>
          until(async () => (await control.faults()).some((fault) => fault.id === id && fault.hits > 0)),
        );
      });
  }
});
