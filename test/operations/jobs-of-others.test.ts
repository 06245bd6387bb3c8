/**
 * What a relayed call came to is read by whoever has the right to that call, and what is shown once by whoever asked for it. Made from
 * the contract: each operation that is relayed.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { loadContract } from '../../src/contract/load-contract.ts';
import { relayJobs } from '../../src/relay/jobs/index.ts';
import type { RelayJob } from '../../src/relay/relay-job.ts';
import { requestOf, tenantOperations } from '../boundary/requests.ts';
import { app, demoUser, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { signed, keyToken, userToken } from '../support/signed-tokens.ts';
import { tenantToMake } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const { scopes: ALL } = loadContract();
const rules = relayJobs as Partial<Record<string, RelayJob<unknown, unknown>>>;
const relayed = tenantOperations.filter(
  ({ id, self }) => rules[id] && self !== 'caller' && id !== 'deleteApiKey',
);
const ofAdmins = (operation: (typeof relayed)[number]) => operation.security.get('user') ?? [];

async function anotherUser(role: string): Promise<string> {
  const body = { email: `reader-${randomUUID()}@acme.example`, roles: [role] };
  const { body: made } = await call('POST', '/v1/users', { as: await user('acme'), body });
  return userToken('acme', made.user_id as string, [role]);
}

/** @returns path of the job of a request that acme's admin sends */
async function aJob(operation: (typeof relayed)[number], as: string): Promise<string> {
  const { method, path, body } = await requestOf(operation);
  const headers = { prefer: 'respond-async' };
  const answer = await call(method, path, { as, headers, ...(body ? { body } : {}) });
  expect(answer.status).to.equal(202);
  return answer.headers.get('location')!;
}

/** Looked at by somebody else until it has ended. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as of `call`
async function endOf(path: string, as: string): Promise<any> {
  for (;;) {
    const { status, body } = await call('GET', path, { as });
    expect(status).to.equal(200);
    if (!['queued', 'running'].includes(body.status as string)) return body;
  }
}

describe("other people's jobs", () => {
  let admin: string;
  let otherAdmin: string;
  let otherMember: string;

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    admin = await user('acme');
    [otherAdmin, otherMember] = [await anotherUser('admin'), await anotherUser('member')];
  });

  for (const operation of relayed) {
    const needed = ofAdmins(operation);
    it(`${operation.id}: read with its scopes and not without`, async () => {
      const job = await aJob(operation, admin);
      expect((await endOf(job, otherAdmin)).status).to.equal('succeeded');
      const code = async (as: string) => {
        const { status, body } = await call('GET', job, { as });
        expect(JSON.stringify(body)).not.to.match(/client_secret|reset_url|@acme\.example/);
        return `${status} ${body.code}`;
      };
      for (const lacking of needed) {
        const others = ALL.filter((scope) => scope !== lacking);
        expect(await code(await keyToken('acme', others)), lacking).to.equal('403 insufficient_scope');
      }
      for (const narrow of ['read:usage', 'read:audit_events', 'read:tenant'])
        expect(await code(await keyToken('acme', [narrow])), narrow).to.equal('403 insufficient_scope');
      expect(await code(otherMember)).to.equal('403 insufficient_role');
      const { user_id: userId, roles } = await demoUser('acme', 'admin');
      const narrowApp = await appOf({ userId, roles });
      const byApp = operation.security.has('app') ? '403 insufficient_scope' : '403 caller_not_allowed';
      expect(await code(narrowApp)).to.equal(byApp);
      expect((await call('GET', job, { as: await keyToken('acme', needed) })).status).to.equal(200);
    });
  }

  async function appOf(who: { userId: string; roles: string[] }): Promise<string> {
    const { client_id: clientId } = (await call('GET', '/v1/me', { as: await app('acme') })).body;
    return signed({ tenantId: 'acme', clientId, ...who, scopes: ['read:tenant'] });
  }

  for (const operation of relayed.filter(({ id }) => rules[id]!.shownOnce))
    it(`${operation.id}: what is shown once goes to whoever asked, once; a look by others uses nothing up`, async () => {
      const job = await aJob(operation, admin);
      const everybody = [otherAdmin, await keyToken('acme', ALL)];
      for (const as of everybody) {
        const seen = await endOf(job, as);
        expect([seen.status, seen.answer]).to.deep.equal(['succeeded', undefined]);
      }
      const shown = await call('GET', job, { as: admin, api: 1 });
      expect(JSON.stringify(shown.body.answer.body)).to.match(/client_secret|reset_url/);
      for (const as of [admin, ...everybody])
        expect((await call('GET', job, { as })).body.answer).to.equal(undefined);
    });

  for (const operation of relayed.filter(({ id }) => id === 'createApiKey' || id === 'rotateApiKey'))
    it(`${operation.id}: with fewer scopes than the new key, its own maker does not see the secret`, async () => {
      const wide = await keyToken('acme', ALL);
      const job = await aJob(operation, wide);
      await endOf(job, admin);
      const narrow = await call('GET', job, { as: await keyToken('acme', ['manage:api_keys']) });
      expect([narrow.status, narrow.body.scopes]).to.deep.equal([403, ['read:tenant']]);
      expect(JSON.stringify((await call('GET', job, { as: wide })).body.answer)).to.match(/client_secret/);
    });

  it('createTenant: what the operator asked for is for no tenant to see', async () => {
    const as = await operator();
    const sent = await call('POST', '/v1/tenants', {
      as,
      body: tenantToMake(),
      headers: { prefer: 'respond-async' },
    });
    expect(sent.status).to.equal(202);
    const job = sent.headers.get('location')!;
    for (const other of [admin, await keyToken('acme', ALL)])
      expect((await call('GET', job, { as: other })).status).to.equal(404);
    const seen = await endOf(job, as);
    expect(JSON.stringify(seen.answer.body)).to.match(/client_secret/);
    expect((await call('GET', job, { as })).body.answer).to.equal(undefined);
  });

  it('what people ask about themselves is for nobody else, whatever their role', async () => {
    const headers = { prefer: 'respond-async' };
    const member = await user('acme', 'member');
    const consents = await call('GET', '/v1/me/consents', { as: member, headers });
    const job = consents.headers.get('location')!;
    expect((await endOf(job, member)).answer.status).to.equal(200);
    for (const as of [admin, otherMember, await keyToken('acme', ALL)])
      expect((await call('GET', job, { as })).status, as).to.be.oneOf([403, 404]);
    const { user_id } = await demoUser('acme', 'member');
    const itself = await call('GET', `/v1/users/${encodeURIComponent(user_id)}`, { as: member, headers });
    const own = itself.headers.get('location')!;
    expect((await endOf(own, member)).answer.body.user_id).to.equal(user_id);
    expect((await call('GET', own, { as: otherMember })).body.code).to.equal('insufficient_role');
    expect((await call('GET', own, { as: admin })).status).to.equal(200);
  });
});
