/**
 * Chains by which a narrow key, or an app, of a tenant became its admin: each is tried over HTTP, counted at the authority, and stands
 * beside its control, the same call by somebody who holds what it takes (invariant 9).
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { loadContract } from '../../src/contract/load-contract.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { app, demoTenant, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { signed } from '../support/signed-tokens.ts';
import { sendImport, toldRows, whenCompleted } from '../support/user-imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

const { scopes: ALL, appScopes, roles: table } = loadContract();
const ADMIN = table.get('admin')!;
const address = () => `chain-${randomUUID()}@acme.example`;

/** Real keys: each is made once. */
const known = new Map<string, Promise<string>>();
function keyWith(...scopes: string[]): Promise<string> {
  const name = scopes.join(' ');
  if (!known.has(name))
    known.set(
      name,
      newApiKey('acme', { scopes }).then(({ as }) => as),
    );
  return known.get(name)!;
}

async function someone(roles: string[]): Promise<{ path: string; id: string; email: string }> {
  const email = address();
  const { headers, body } = await call('POST', '/v1/users', {
    as: await user('acme'),
    body: { email, roles },
  });
  return { path: headers.get('location')!, id: body.user_id as string, email };
}

/** As the authority has it. */
async function atAuthority(id: string) {
  const { email, blocked = false, app_metadata } = await (await management()).users.get(id);
  return { email, blocked, roles: app_metadata?.['roles'] };
}
const usersWith = async (email: string) => (await management()).users.listUsersByEmail({ email });
const rolesWith = async (email: string) =>
  (await usersWith(email)).map(({ app_metadata }) => app_metadata?.['roles']);

function expectRefused({ status, body }: Answer, code: string, scopes?: readonly string[]) {
  expect({ status, code: body.code }).to.deep.equal({ status: 403, code });
  if (scopes) expect(body.scopes).to.have.members([...scopes]);
}

const without = (...gone: string[]) => ALL.filter((scope) => !gone.includes(scope));

describe('chains to more than one holds', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  describe('by creating a user', () => {
    it('a key gives no role that it does not hold, and creates nobody then', async () => {
      const narrow = await keyWith('create:users');
      for (const roles of [['admin'], ['member'], ['member', 'admin']]) {
        const email = address();
        const lacked = roles.includes('admin')
          ? ADMIN.filter((one) => one !== 'create:users')
          : ['read:tenant'];
        expectRefused(
          await call('POST', '/v1/users', { as: narrow, body: { email, roles } }),
          'role_not_grantable',
          lacked,
        );
        expect(await usersWith(email)).to.deep.equal([]);
      }
    });

    it('a key that lacks one scope of admin gives that role to nobody, whichever it lacks', async () => {
      for (const lacking of ADMIN.filter((scope) => scope !== 'create:users')) {
        const { id, api_key } = await demoTenant('acme');
        const as = await signed({ tenantId: id, clientId: api_key.client_id, scopes: without(lacking) });
        const answer = await call('POST', '/v1/users', { as, body: { email: address(), roles: ['admin'] } });
        expectRefused(answer, 'role_not_grantable', [lacking]);
      }
      const [email, as] = [address(), await keyWith(...ALL)];
      expect((await call('POST', '/v1/users', { as, body: { email, roles: ['admin'] } })).status).to.equal(
        201,
      );
      expect(await rolesWith(email)).to.deep.equal([['admin']]);
    });

    it('one that names no roles gets `member` from who may give it, and none from who may not', async () => {
      for (const [scopes, roles] of [
        [['create:users'], []],
        [['create:users', 'read:tenant'], ['member']],
      ] as const) {
        const email = address();
        const { status } = await call('POST', '/v1/users', { as: await keyWith(...scopes), body: { email } });
        expect(status).to.equal(201);
        expect(await rolesWith(email)).to.deep.equal([roles]);
      }
    });

    it('an app leaves nobody behind who can manage, whatever scopes it was given', async () => {
      const { client_id: clientId } = (await call('GET', '/v1/me', { as: await app('acme') })).body;
      const { users } = await demoTenant('acme');
      const said = { tenantId: 'acme', clientId, userId: users[0]!.user_id, roles: ['admin'] };
      for (const as of [await app('acme'), await signed({ ...said, scopes: ALL })]) {
        const email = address();
        expectRefused(
          await call('POST', '/v1/users', { as, body: { email, roles: ['admin'] } }),
          'role_not_grantable',
        );
        expect(await usersWith(email)).to.deep.equal([]);
        expect((await call('POST', '/v1/users', { as, body: { email, roles: ['member'] } })).status).to.equal(
          201,
        );
        const [made] = await usersWith(email);
        const path = `/v1/users/${encodeURIComponent(made!.user_id!)}/roles`;
        expectRefused(await call('PUT', path, { as, body: { roles: ['admin'] } }), 'role_not_grantable');
        expect(await rolesWith(email)).to.deep.equal([['member']]);
      }
    });
  });

  describe('by changing roles', () => {
    it('a key promotes nobody, and takes nothing from an admin', async () => {
      const [member, admin] = [await someone(['member']), await someone(['admin'])];
      for (const scopes of [['update:users'], ['update:users', 'read:tenant']]) {
        const as = await keyWith(...scopes);
        expectRefused(
          await call('PUT', `${member.path}/roles`, { as, body: { roles: ['admin'] } }),
          'role_not_grantable',
        );
        for (const roles of [[], ['member']].slice(0, scopes.length))
          expectRefused(
            await call('PUT', `${admin.path}/roles`, { as, body: { roles } }),
            'user_beyond_scopes',
          );
      }
      expect([(await atAuthority(member.id)).roles, (await atAuthority(admin.id)).roles]).to.deep.equal([
        ['member'],
        ['admin'],
      ]);
      const as = await keyWith(...ALL);
      expect((await call('PUT', `${member.path}/roles`, { as, body: { roles: ['admin'] } })).status).to.equal(
        200,
      );
      expect((await atAuthority(member.id)).roles).to.deep.equal(['admin']);
    });

    it('roles that the contract does not declare are kept, and hold nothing', async () => {
      const { path, id } = await someone([]);
      const sdk = await management();
      await sdk.users.update(id, { app_metadata: { roles: ['superuser', 'member'] } });
      const as = await keyWith('update:users', 'read:tenant');
      expect((await call('PUT', `${path}/roles`, { as, body: { roles: [] } })).status).to.equal(200);
      expect((await atAuthority(id)).roles).to.deep.equal(['superuser']);
    });
  });

  describe('by power over an admin', () => {
    const acts: [string, string, string, object | undefined, string][] = [
      [
        'changing the email',
        'PATCH',
        '',
        { email: 'taken@evil.example', email_verified: true },
        'update:users',
      ],
      ['changing a name', 'PATCH', '', { name: 'Mallory' }, 'update:users'],
      ['blocking', 'PATCH', '', { blocked: true }, 'update:users'],
      ['unblocking', 'PATCH', '', { blocked: false }, 'update:users'],
      ['deleting', 'DELETE', '', undefined, 'delete:users'],
      ['making a reset link', 'POST', '/password-reset', {}, 'create:user_tickets'],
      ['sending a verification email', 'POST', '/verification-email', undefined, 'create:user_tickets'],
    ];
    for (const [what, method, below, body, scope] of acts)
      it(`${what}: not with ${scope} alone, not with all scopes but one, not as an app`, async () => {
        const { control } = await world();
        const admin = await someone(['admin']);
        const before = await atAuthority(admin.id);
        await control.forgetCalls();
        const callers = {
          narrow: await keyWith(scope),
          'lacks one': await keyWith(...without('manage:webhooks')),
          app: await app('acme'),
        };
        for (const as of Object.values(callers))
          expectRefused(await call(method, admin.path + below, { as, body }), 'user_beyond_scopes');
        for (const prefer of ['respond-async']) {
          const sent = await call(method, admin.path + below, {
            as: callers.narrow,
            body,
            headers: { prefer },
          });
          if (sent.status === 202) await ended(sent.headers.get('location')!, callers.narrow);
          else expectRefused(sent, 'user_beyond_scopes');
        }
        expect(await atAuthority(admin.id)).to.deep.equal(before);
        // What the user's record does not show. (Other users may be written meanwhile, by the world's upkeep.)
        const ofUsers = /^POST .*(tickets|jobs)/;
        const calls = Object.keys(await control.calls()).filter((one) => ofUsers.test(one));
        expect(calls, 'tickets and mails').to.deep.equal([]);
        const { status } = await call(method, admin.path + below, { as: await keyWith(...ALL), body });
        expect(status, 'the control').to.be.within(200, 204);
      });

    async function ended(path: string, as: string) {
      for (;;) {
        const { body } = await call('GET', path, { as });
        if (body.status === 'failed')
          return expect(body.problem).to.include({ code: 'user_beyond_scopes', status: 403 });
        expect(body.status).to.be.oneOf(['queued', 'running']);
      }
    }
  });

  describe('by repeating what was allowed before a promotion', () => {
    it('nobody gets a reset link of an admin, in an answer or in a job', async () => {
      const as = await keyWith('create:user_tickets', 'read:tenant');
      const member = await someone(['member']);
      const path = `${member.path}/password-reset`;
      const headers = { 'idempotency-key': randomUUID() };
      const first = await call('POST', path, { as, body: {}, headers });
      expect(first.status).to.equal(201);
      expect((await call('POST', path, { as, body: {}, headers })).body).to.deep.equal(first.body);
      const waiting = await call('POST', path, { as, body: {}, headers: { prefer: 'respond-async' } });
      const job = waiting.headers.get('location')!;
      const promoted = await call('PUT', `${member.path}/roles`, {
        as: await user('acme'),
        body: { roles: ['admin'] },
      });
      expect(promoted.status).to.equal(200);
      // The API's processes hear of it within a second.
      for (const api of [0, 1] as const)
        await until(async () => (await call('POST', path, { as, body: {}, headers, api })).status !== 201);
      expectRefused(await call('POST', path, { as, body: {}, headers }), 'user_beyond_scopes');
      for (const api of [0, 1] as const)
        expectRefused(await call('GET', job, { as, api }), 'user_beyond_scopes');
    });
  });

  describe('by an import', () => {
    const files = (email: string, role: string | undefined) => ({
      'application/json': JSON.stringify([{ email, ...(role ? { roles: [role] } : {}) }]),
      'application/x-ndjson': JSON.stringify({ email, ...(role ? { roles: [role] } : {}) }),
      'text/csv': role ? `email,roles\n${email},${role}\n` : `email\n${email}\n`,
    });
    for (const channel of ['row_by_row', 'import_jobs'])
      for (const type of ['application/json', 'application/x-ndjson', 'text/csv'] as const)
        it(`${type} by ${channel}: a narrow key imports no admin`, async () => {
          const send = async (as: string, body: string) => {
            const { status, headers } = await call('POST', `/v1/user-imports?channel=${channel}`, {
              as,
              body,
              headers: { 'content-type': type },
            });
            expect(status).to.equal(202);
            const path = headers.get('location')!;
            await whenCompleted(path, await user('acme'));
            return (await toldRows(path, await user('acme'))).map(
              ({ status: end, error }) => error?.code ?? end,
            );
          };
          const narrow = await keyWith('create:user_imports');
          for (const role of ['admin', 'member']) {
            const email = address();
            expect(await send(narrow, files(email, role)[type])).to.deep.equal(['role_not_grantable']);
            expect(await usersWith(email)).to.deep.equal([]);
          }
          const [plain, made] = [address(), address()];
          expect(await send(narrow, files(plain, undefined)[type])).to.deep.equal(['created']);
          expect(await rolesWith(plain)).to.deep.equal([[]]);
          expect(await send(await keyWith(...ALL), files(made, 'admin')[type])).to.deep.equal(['created']);
          expect(await rolesWith(made)).to.deep.equal([['admin']]);
        });

    it('a dry run says so, too; an app imports no admin; who may give `member` gives it by default', async () => {
      const dry = async (as: string) =>
        (
          await call('POST', '/v1/user-imports?dry_run=true', {
            as,
            body: [{ email: address(), roles: ['admin'] }],
          })
        ).body;
      expect(JSON.stringify(await dry(await keyWith('create:user_imports')))).to.include(
        'role_not_grantable',
      );
      expect(JSON.stringify(await dry(await app('acme')))).to.include('role_not_grantable');
      expect(JSON.stringify(await dry(await keyWith(...ALL)))).not.to.include('role_not_grantable');
      const email = address();
      const as = await keyWith('create:user_imports', 'read:tenant');
      await whenCompleted(await sendImport([{ email }], '', as), await user('acme'));
      expect(await rolesWith(email)).to.deep.equal([['member']]);
    });
  });

  it('an app has no scope of its user that it was not given, and none that its user has not', async () => {
    const { client_id: clientId } = (await call('GET', '/v1/me', { as: await app('acme') })).body;
    const { users } = await demoTenant('acme');
    const scopesFor = async (roles: string[], scopes: readonly string[]) => {
      const as = await signed({ tenantId: 'acme', clientId, userId: users[0]!.user_id, roles, scopes });
      return (await call('GET', '/v1/me', { as })).body.scopes as string[];
    };
    expect(await scopesFor(['admin'], ['read:users'])).to.deep.equal(['read:users']);
    expect(await scopesFor(['member'], appScopes)).to.deep.equal(['read:tenant']);
    expect(await scopesFor([], appScopes)).to.deep.equal([]);
    expect(await scopesFor(['superuser'], appScopes)).to.deep.equal([]);
  });
});
