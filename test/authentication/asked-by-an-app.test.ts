/** What an app had asked for, and nobody has begun, is not done once the app may not act for its user any more (invariant 3). */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { aUserOf } from '../http/a-user-of.ts';
import { until } from '../support/api-keys.ts';
import { appMetadata, registerApp, type RegisteredApp } from '../support/apps.ts';
import { management } from '../support/authority.ts';
import { apiKey, operator, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { signed } from '../support/signed-tokens.ts';
import { sendImport } from '../support/user-imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

const SCOPES = ['read:users', 'update:users', 'create:user_imports', 'read:user_imports', 'read:tenant'];

/** By whom an app is shut out, and what its work ends with. */
const endings: Record<string, (app: RegisteredApp) => Promise<Answer>> = {
  app_blocked: async ({ clientId }) =>
    call('PATCH', `/v1/apps/${clientId}`, { as: await operator(), body: { status: 'blocked' } }),
  app_not_allowed: async ({ clientId }) => decide(clientId, 'denied'),
  invalid_token: async ({ path, manages }) => call('DELETE', path, { as: manages }),
};
const lapse = ({ path, manages, clientId }: RegisteredApp) =>
  call('PUT', path, {
    as: manages,
    body: { ...appMetadata({ client_name: 'Another' }), client_id: clientId },
  });

const decide = async (clientId: string, decision: string) =>
  call('PUT', `/v1/tenant/apps/${clientId}`, { as: await user('acme'), body: { decision } });

async function anAllowedApp(): Promise<RegisteredApp & { as: string }> {
  const app = await registerApp({ scope: SCOPES.join(' ') });
  expect((await decide(app.clientId, 'allowed')).body.access).to.equal('allowed');
  const { id: userId } = await aUserOf('acme', ['admin']);
  const said = { tenantId: 'acme', clientId: app.clientId, userId, roles: ['admin'], scopes: SCOPES };
  return { ...app, as: await signed(said) };
}

describe('what an app asked for', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  for (const [code, end] of [...Object.entries(endings), ['app_not_allowed', lapse] as const])
    it(`is not done any more when it is shut out (${code}${end === lapse ? ', changed' : ''})`, async () => {
      const { control } = await world();
      const { as, ...app } = await anAllowedApp();
      const other = await aUserOf('acme', ['member']);
      const key = await apiKey('acme');
      const rows = Array.from({ length: 6_000 }, () => ({ email: `${randomUUID()}@app.example` }));
      const path = await sendImport(rows, '?channel=row_by_row', as);
      expect((await call('POST', `${path}/pause`, { as: key })).body.status).to.equal('paused');
      const created = async () => (await call('GET', path, { as: key })).body.counts.created as number;
      // What it asks for waits for an authority that cannot be asked.
      const effect = { kind: 'answer', status: 503 } as const;
      const fault = await control.addFault({ method: 'GET', path: '/api/v2/users/{id}', effect });
      const headers = { prefer: 'respond-async' };
      const asked = await call('PATCH', other.path, { as, headers, body: { name: 'Mallory' } });
      await until(async () => (await control.faults()).some(({ id, hits }) => id === fault.id && hits > 0));
      expect((await end(app)).status).to.be.within(200, 204);
      await control.removeFault(fault.id);
      const job = async () => (await call('GET', asked.headers.get('location')!, { as: key })).body;
      await until(async () => !['queued', 'running'].includes((await job()).status as string));
      expect((await job()).problem).to.include({ code });
      expect((await (await management()).users.get(other.id)).name).not.to.equal('Mallory');
      expect((await call('POST', `${path}/resume`, { as: key })).status).to.equal(200);
      await until(async () => (await call('GET', path, { as: key })).body.status === 'cancelled');
      expect(await created()).to.be.below(rows.length);
    });
});
