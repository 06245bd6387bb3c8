/**
 * Every operation of the contract × a user, an app that acts for one, and a key, after their power was taken away through the API: the
 * user was demoted, blocked or deleted, the key deleted, the tenant suspended (invariant 3). Tokens are those of before, which live on at
 * the authority; each is tried at both API processes.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { loadContract, type OperationDescription } from '../../src/contract/load-contract.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, app, clientCredentials, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { signed, userToken } from '../support/signed-tokens.ts';
import { aTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { tenantOperations } from './requests.ts';
import { refusalOf, statusOf, type Holder } from './rule.ts';

const { appScopes } = loadContract();

interface Affected extends Holder {
  name: string;
  as: string;
}

/** An admin of acme, by its own token and by that of an app. */
async function anAdmin(): Promise<{ path: string; callers: Affected[] }> {
  const body = { email: `taken-${randomUUID()}@acme.example`, roles: ['admin'] };
  const made = await call('POST', '/v1/users', { as: await user('acme'), body });
  const userId = made.body.user_id as string;
  const { client_id: clientId } = (await call('GET', '/v1/me', { as: await app('acme') })).body;
  const who = { userId, roles: ['admin'] };
  return {
    path: made.headers.get('location')!,
    callers: [
      { name: 'user', scheme: 'user', ...who, as: await userToken('acme', userId, ['admin']) },
      {
        name: 'app',
        scheme: 'app',
        ...who,
        scopes: appScopes,
        as: await signed({ tenantId: 'acme', clientId, ...who, scopes: appScopes }),
      },
    ],
  };
}

/** The control: each of them has its power, at both processes, which then remember that. */
async function expectPower(callers: readonly Affected[], path = '/v1/users?limit=1') {
  for (const { name, as } of callers)
    for (const api of [0, 1] as const)
      expect((await call('GET', path, { as, api })).status, `${name} before`).to.equal(200);
}

/** Every process hears of it within a second: the test's own time limit ends what never comes to be. */
async function untilHeard(callers: readonly Affected[], path = '/v1/users?limit=1') {
  for (const { as } of callers)
    for (const api of [0, 1] as const)
      await until(async () => (await call('GET', path, { as, api })).status !== 200);
}

const statusAt = async ({ method, path }: OperationDescription, as: string, api: 0 | 1) => {
  const address = path.replaceAll(/\{\w+\}/g, 'nobodys');
  const { status, body } = await call(method.toUpperCase(), address, { as, api });
  return { status, code: body.code as string };
};

/** @param refusal of one operation; undefined: it is not refused for what was taken away */
async function expectAtEveryOperation(
  callers: readonly Affected[],
  refusal: (
    operation: OperationDescription,
    caller: Affected,
  ) => { status: number; code: string } | undefined,
) {
  for (const operation of tenantOperations)
    for (const caller of callers)
      for (const api of [0, 1] as const) {
        const expected = refusal(operation, caller);
        const found = await statusAt(operation, caller.as, api);
        const what = `${operation.id} by ${caller.name} at ${api}`;
        if (expected) expect(found, what).to.deep.equal(expected);
        else expect(found.status, what).not.to.be.oneOf([401, 403]);
      }
}

const REFUSED = { status: 401, code: 'invalid_token' };

describe('what was taken away', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('from a user who is not admin any more: all that the role held, with its old tokens', async () => {
    const { path, callers } = await anAdmin();
    await expectPower(callers);
    const body = { roles: ['member'] };
    expect((await call('PUT', `${path}/roles`, { as: await user('acme'), body })).status).to.equal(200);
    await untilHeard(callers);
    await expectAtEveryOperation(callers, (operation, caller) => {
      // Which right a job asks for depends on the job, and there is none of this id.
      if (operation.id === 'getJob') return { status: 404, code: 'not_found' };
      const code = refusalOf(operation, { ...caller, roles: ['member'] });
      return code && { status: statusOf(code), code };
    });
  });

  const endings = {
    blocked: (path: string, as: string) => call('PATCH', path, { as, body: { blocked: true } }),
    deleted: (path: string, as: string) => call('DELETE', path, { as }),
  };
  for (const [ending, end] of Object.entries(endings))
    it(`from a user who was ${ending}: everything, what it does to itself, too`, async () => {
      const { path, callers } = await anAdmin();
      await expectPower(callers);
      expect((await end(path, await user('acme'))).status).to.be.within(200, 204);
      await untilHeard(callers);
      await expectAtEveryOperation(callers, () => REFUSED);
    });

  it('from a key that was deleted: everything, by Basic and by its token', async () => {
    const key = await newApiKey('acme', { scopes: ['read:users'] });
    const { audience } = await world();
    const token = await clientCredentials(key.clientId, key.clientSecret, audience);
    const callers: Affected[] = [
      { name: 'key', scheme: 'apiKey', as: key.as },
      { name: 'token of the key', scheme: 'apiKey', as: `Bearer ${token}` },
    ];
    await expectPower(callers);
    expect((await call('DELETE', key.path, { as: await apiKey('acme') })).status).to.equal(204);
    await untilHeard(callers);
    // Which of several refusals a deleted key gets depends on how often it is tried.
    for (const operation of tenantOperations)
      for (const { name, as } of callers) {
        const { status } = await statusAt(operation, as, 1);
        expect(status, `${operation.id} by ${name}`).to.be.oneOf([401, 429]);
      }
  });

  it('from a tenant that was suspended: everything, from each of its callers', async () => {
    const tenant = await aTenant();
    const { client_id: clientId } = (await call('GET', '/v1/me', { as: await app('acme') })).body;
    const who = { tenantId: tenant.id, userId: tenant.adminId, roles: ['admin'] };
    const callers: Affected[] = [
      { name: 'key', scheme: 'apiKey', as: tenant.key },
      { name: 'user', scheme: 'user', as: await signed({ ...who, clientId: tenant.clientId }) },
      { name: 'app', scheme: 'app', as: await signed({ ...who, clientId, scopes: appScopes }) },
    ];
    await expectPower(callers);
    expect((await call('POST', `${tenant.path}/suspend`, { as: await operator() })).status).to.equal(200);
    await untilHeard(callers);
    await expectAtEveryOperation(callers, () => ({ status: 403, code: 'tenant_suspended' }));
  });
});
