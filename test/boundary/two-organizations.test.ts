/**
 * A person in two tenants that are organizations, at home in acme and a guest of globex: every user operation × each of the two tenants.
 * A tenant reads what concerns it, changes the roles that the person has in it, and removes the person from it; of the account, the home
 * tenant changes no more than the other. Neither learns of the other, and what one does the other does not notice.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { loadContract, type OperationDescription } from '../../src/contract/load-contract.ts';
import { SHARED_DATABASE } from '../../src/start/demo-tenants.ts';
import { until } from '../support/api-keys.ts';
import { letIn, registerApp } from '../support/apps.ts';
import { eventsSince } from '../support/audit.ts';
import { management } from '../support/authority.ts';
import { apiKey, app, demoTenant, demoUser, user, type TenantId } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { accepted, ended, rowsOf } from '../support/imports.ts';
import { userToken } from '../support/signed-tokens.ts';
import { moveIntoWorldOf } from '../support/tenancies.ts';
import { anOrganization, PASSWORD } from '../support/tenants.ts';
import { world } from '../support/world.ts';
import { tenantOperations } from './requests.ts';
import { refusalOf, statusOf, type Holder } from './rule.ts';

const { scopes: ALL, appScopes, roles: roleScopes } = loadContract();
const scopesOf = (roles: readonly string[]) => roles.flatMap((role) => roleScopes.get(role) ?? []);
const otherOf = (tenant: TenantId): TenantId => (tenant === 'acme' ? 'globex' : 'acme');

type Roles = Record<TenantId, string[]>;
interface Person {
  userId: string;
  email: string;
  roles: Roles;
  /** An app that the person let in at both, where the operation is about one. */
  clientId?: string;
}

interface Attempt {
  path: (person: Person) => string;
  body?: (person: Person, tenant: TenantId) => object;
  status: number;
  code?: string;
  /** What a caller of the tenant is told. */
  told?: (body: Answer['body'], person: Person, tenant: TenantId) => void;
  /** Roles that the person has in the tenant afterwards; null: none of its people any more. Left out: as before. */
  leaves?: (tenant: TenantId) => string[] | null;
}

const byId =
  (below = '') =>
  ({ userId }: Person) =>
    `/v1/users/${encodeURIComponent(userId)}${below}`;
const NEW_ROLES: Roles = { acme: ['member'], globex: ['admin'] };
const MISSING = { status: 403, code: 'user_shared' };
const isTold = (body: Answer['body'], { userId, email, roles }: Person, tenant: TenantId) =>
  expect(body).to.deep.include({ user_id: userId, email, roles: roles[tenant], blocked: false });

const attempts: Record<string, Attempt> = {
  getUser: { path: byId(), status: 200, told: isTold },
  listUsers: {
    path: ({ email }) => `/v1/users?email=${encodeURIComponent(email)}`,
    status: 200,
    told: ({ users }, person, tenant) => {
      expect(users).to.have.length(1);
      isTold(users[0], person, tenant);
    },
  },
  createUser: {
    path: () => '/v1/users',
    body: ({ email }) => ({ email }),
    status: 409,
    code: 'email_unavailable',
  },
  updateUser: {
    path: byId(),
    body: () => ({ blocked: true, name: 'Taken over', email: `eve-${randomUUID()}@both.example` }),
    ...MISSING,
  },
  createPasswordReset: { path: byId('/password-reset'), body: () => ({}), ...MISSING },
  sendVerificationEmail: { path: byId('/verification-email'), ...MISSING },
  listUserSessions: { path: byId('/sessions'), ...MISSING },
  endUserSessions: { path: byId('/sessions'), ...MISSING },
  deleteUser: { path: byId(), status: 204, leaves: () => null },
  getUserRoles: {
    path: byId('/roles'),
    status: 200,
    told: (body, { roles }, tenant) => expect(body).to.deep.equal({ roles: roles[tenant] }),
  },
  replaceUserRoles: {
    path: byId('/roles'),
    body: (_person, tenant) => ({ roles: NEW_ROLES[tenant] }),
    status: 200,
    told: (body, _person, tenant) => expect(body).to.deep.equal({ roles: NEW_ROLES[tenant] }),
    leaves: (tenant) => NEW_ROLES[tenant],
  },
  getMe: {
    path: () => '/v1/me',
    status: 200,
    told: (body, { userId, roles }, tenant) =>
      expect(body).to.deep.include({ user_id: userId, tenant_id: tenant, roles: roles[tenant] }),
  },
  listMyOperations: {
    path: () => '/v1/me/operations',
    status: 200,
    told: (body, { userId }, tenant) => expect(body).to.deep.include({ user_id: userId, tenant_id: tenant }),
  },
  listConsents: {
    path: () => '/v1/me/consents',
    status: 200,
    told: ({ consents }, { clientId }) =>
      expect(consents.map(({ client_id }: { client_id: string }) => client_id)).to.deep.equal([clientId]),
  },
  withdrawConsent: { path: ({ clientId }) => `/v1/me/consents/${clientId}`, status: 204 },
};

/** Those that are about people: by id, by email, or about the caller. Imports as a whole are in `matrix.test.ts`, their rows below. */
const ofPeople = tenantOperations.filter(
  ({ tag, path }) => ['users', 'me'].includes(tag) || path.includes('{user_id}'),
);
const aboutConsents = (id: string) => /Consent/.test(id);

/** Whether the person signed in to globex already, which leaves a mark there, or was only made a member by Auth0's means. */
const kinds: [kind: string, isMarked: boolean][] = [
  ['who has signed in to both', true],
  ['who was only made a member of the second one', false],
];

describe('a person in two organizations', () => {
  moveIntoWorldOf('organization');
  const organizations = {} as Record<TenantId, string>;
  before(async () => {
    for (const id of ['acme', 'globex'] as const) organizations[id] = (await demoTenant(id)).organization!;
  });

  async function aPerson(isMarked: boolean): Promise<Person> {
    const sdk = await management();
    const email = `person-${randomUUID()}@both.example`;
    const roles: Roles = { acme: ['admin'], globex: isMarked ? ['member'] : [] };
    const { user_id } = await sdk.users.create({
      connection: SHARED_DATABASE,
      email,
      password: PASSWORD,
      name: 'As it was',
      verify_email: false,
      app_metadata: marksFor(roles, isMarked),
    });
    const userId = user_id!;
    for (const id of Object.values(organizations))
      await sdk.organizations.members.create(id, { members: [userId] });
    return { userId, email, roles };
  }

  const marksFor = ({ acme, globex }: { [id in TenantId]: string[] | null }, isMarked: boolean) => ({
    ...(acme && { tenant_id: 'acme', roles: acme }),
    ...(isMarked && globex && { [organizations.globex]: { tenant_id: 'globex', roles: globex } }),
  });

  /** All that the authority has of the person. */
  async function recordOf({ userId }: Person) {
    const sdk = await management();
    const { email, name, blocked = false, app_metadata } = await sdk.users.get(userId);
    const { data } = await sdk.users.organizations.list(userId);
    return {
      email,
      name,
      blocked,
      marks: app_metadata ?? {},
      organizations: data.map(({ id }) => id).sort(),
    };
  }

  type Caller = Holder & { name: string; as: string };
  /** Who manages people of the tenant. */
  async function managersOf(tenant: TenantId): Promise<Caller[]> {
    const { user_id: userId, roles } = await demoUser(tenant, 'admin');
    return [
      { name: 'admin', scheme: 'user', roles, userId, as: await user(tenant) },
      { name: 'key', scheme: 'apiKey', scopes: ALL, as: await apiKey(tenant) },
      { name: 'app', scheme: 'app', scopes: appScopes, roles, userId, as: await app(tenant) },
    ];
  }
  const oneself = async ({ userId, roles }: Person, tenant: TenantId): Promise<Caller> => ({
    name: 'the person',
    scheme: 'user',
    roles: roles[tenant],
    userId,
    as: await userToken(tenant, userId, roles[tenant]),
  });

  /** Nothing in it says that the person belongs to the other tenant, too. */
  function expectNothingOfOther({ headers, body }: Answer, person: Person, tenant: TenantId) {
    const text = JSON.stringify([[...headers], body]);
    const other = otherOf(tenant);
    const roles = person.roles[other].filter(
      (role) => ![...person.roles[tenant], ...NEW_ROLES[tenant]].includes(role),
    );
    for (const word of [other, organizations[other], ...roles.map((role) => `"${role}"`)])
      expect(text).to.not.include(word);
  }

  async function send(operation: OperationDescription, person: Person, tenant: TenantId, more: object) {
    const { path, body } = attempts[operation.id]!;
    return call(operation.method.toUpperCase(), path(person), {
      ...more,
      ...(body && { body: body(person, tenant) }),
    });
  }

  async function jobOf(path: string, as: string): Promise<Answer> {
    for (;;) {
      const answer = await call('GET', path, { as });
      if (!['queued', 'running'].includes(answer.body.status as string)) return answer;
    }
  }

  it('is tried at every operation that is about people', () => {
    const ids = ofPeople.map(({ id }) => id);
    expect(
      ids.filter((id) => !attempts[id]),
      'no entry in `attempts`: say what each of the two tenants may do to such a person',
    ).to.deep.equal([]);
    expect(Object.keys(attempts).filter((id) => !ids.some((one) => one === id))).to.deep.equal([]);
  });

  for (const [kind, isMarked] of kinds)
    describe(kind, () => {
      // Who consents to something in an organization has signed in to it.
      const tried = ofPeople.filter(({ id }) => attempts[id] && (isMarked || !aboutConsents(id)));
      for (const operation of tried)
        for (const tenant of ['acme', 'globex'] as const)
          it(`${operation.id} in ${tenant === 'acme' ? 'the home' : 'the other one'}`, async () => {
            const { control } = await world();
            const mails = (await control.mails()).length;
            const managers = operation.self === 'caller' ? [] : await managersOf(tenant);
            for (const manager of managers)
              await tryAs(operation, tenant, await aPerson(isMarked), manager, isMarked);
            const person = await aPerson(isMarked);
            if (aboutConsents(operation.id)) person.clientId = await bothLetIn(person);
            await tryAs(operation, tenant, person, await oneself(person, tenant), isMarked);
            expect((await control.mails()).length).to.equal(mails);
          }).timeout(60_000);
    });

  async function tryAs(
    operation: OperationDescription,
    tenant: TenantId,
    person: Person,
    caller: Caller,
    isMarked: boolean,
  ): Promise<void> {
    const attempt = attempts[operation.id]!;
    const other = otherOf(tenant);
    const before = await recordOf(person);
    const [here, elsewhere] = [await oneself(person, tenant), await oneself(person, other)];
    const refusal = refusalOf(operation, caller, {
      about: person.userId,
      ...(operation.path.includes('{user_id}') && { holds: heldFor(operation, person, tenant) }),
      ...(operation.id === 'replaceUserRoles' && { gives: scopesOf(NEW_ROLES[tenant]) }),
    });
    // Who was only made a member is not in lists before the first sign-in, which writes the mark.
    const isListed = isMarked || tenant === 'acme';
    // The search follows the record by a moment.
    if (operation.id === 'listUsers' && !refusal && isListed)
      await until(async () => (await send(operation, person, tenant, caller)).body.users.length > 0);
    const answer = await send(operation, person, tenant, { as: caller.as });
    const who = `${caller.name}: ${JSON.stringify(answer.body)}`;
    expect({ status: answer.status, code: answer.body.code }, who).to.deep.equal(
      refusal ? { status: statusOf(refusal), code: refusal } : { status: attempt.status, code: attempt.code },
    );
    if (operation.id === 'listUsers' && !refusal && !isListed)
      expect(answer.body.users, who).to.deep.equal([]);
    else if (!refusal) attempt.told?.(answer.body, person, tenant);
    expectNothingOfOther(answer, person, tenant);

    const changes = refusal ? undefined : attempt.leaves;
    const left = changes ? changes(tenant) : person.roles[tenant];
    // Who was given roles, has a mark.
    const isMarkedNow = isMarked || (tenant === 'globex' && changes !== undefined);
    expect(await recordOf(person), who).to.deep.equal({
      ...before,
      marks: marksFor({ ...person.roles, [tenant]: left }, isMarkedNow),
      organizations: before.organizations.filter((id) => left !== null || id !== organizations[tenant]),
    });
    const me = await call('GET', '/v1/me', { as: elsewhere.as });
    expect([me.status, me.body.roles], 'in the other tenant').to.deep.equal([200, person.roles[other]]);
    if (left !== null) return;
    expect((await call('GET', byId()(person), { as: await apiKey(tenant) })).status).to.equal(404);
    expect((await call('GET', '/v1/me', { as: here.as })).body.code).to.equal('invalid_token');
  }

  it('is in the log of the tenant that did something, and in no other', async () => {
    const [{ email, userId }, since] = [await aPerson(true), new Date()];
    for (const tenant of ['acme', 'globex'] as const)
      for (const operation of ofPeople.filter(({ self }) => self !== 'caller')) {
        const headers = { 'x-request-id': `in-${tenant}-${randomUUID()}` };
        const person = { email, userId, roles: NEW_ROLES };
        await send(operation, person, tenant, { as: await apiKey(tenant), headers });
      }
    const told = await eventsSince(since);
    for (const tenant of ['acme', 'globex'] as const) {
      const events = told.filter(({ request_id }) => request_id?.startsWith(`in-${tenant}-`));
      expect(events).to.not.be.empty;
      expect(new Set(events.map(({ tenant_id }) => tenant_id))).to.deep.equal(new Set([tenant]));
      expect(JSON.stringify(events)).to.not.include(otherOf(tenant)).and.not.include(email);
    }
  }).timeout(60_000);

  /** Whoever acts on a person needs the scopes of the roles that the person has in that tenant. */
  function heldFor({ method }: OperationDescription, { roles }: Person, tenant: TenantId): string[] {
    return method === 'get' ? [] : scopesOf(roles[tenant]);
  }

  async function bothLetIn({ email }: Person): Promise<string> {
    const registered = await registerApp();
    for (const tenant of ['acme', 'globex'] as const)
      await letIn(registered, tenant, { person: { email, password: PASSWORD }, scope: 'read:tenant' });
    return registered.clientId;
  }

  for (const tenant of ['acme', 'globex'] as const) {
    it(`is kept as the account is by a job of ${tenant}, too`, async () => {
      for (const operation of ofPeople.filter(({ id }) => attempts[id]?.code !== undefined)) {
        const person = await aPerson(true);
        const before = await recordOf(person);
        const as = await apiKey(tenant);
        const { headers } = await send(operation, person, tenant, {
          as,
          headers: { prefer: 'respond-async' },
        });
        const job = await jobOf(headers.get('location')!, as);
        expect([job.body.status, job.body.problem?.code], operation.id).to.deep.equal([
          'failed',
          attempts[operation.id]!.code,
        ]);
        expectNothingOfOther(job, person, tenant);
        expect(await recordOf(person)).to.deep.equal(before);
      }
    }).timeout(30_000);

    for (const channel of ['row_by_row', 'import_jobs'])
      it(`is not touched by a row of an import of ${tenant} (${channel})`, async () => {
        const person = await aPerson(true);
        const before = await recordOf(person);
        const as = await apiKey(tenant);
        const path = await accepted([{ email: person.email, name: 'Taken over' }], {
          as,
          query: `?channel=${channel}`,
        });
        await ended(path, as);
        const [row] = await rowsOf(path, '', as);
        expect([row!.status, row!.error?.code]).to.deep.equal(['failed', 'email_unavailable']);
        expectNothingOfOther(await call('GET', `${path}/rows`, { as }), person, tenant);
        expect(await recordOf(person)).to.deep.equal(before);
        expect((await call('GET', path, { as: await apiKey(otherOf(tenant)) })).status).to.equal(404);
      }).timeout(30_000);
  }

  it('withdraws a consent in one, and an app goes on in the other', async () => {
    const person = await aPerson(true);
    const registered = await registerApp();
    const signedIn = { email: person.email, password: PASSWORD };
    const tokens = {
      acme: await letIn(registered, 'acme', { person: signedIn, scope: 'read:tenant' }),
      globex: await letIn(registered, 'globex', { person: signedIn, scope: 'read:tenant' }),
    };
    const codes = () =>
      Promise.all(
        (['acme', 'globex'] as const).map(async (tenant) => {
          const { body } = await call('GET', '/v1/me', { as: tokens[tenant].as });
          return (body.tenant_id ?? body.code) as string;
        }),
      );
    expect(await codes()).to.deep.equal(['acme', 'globex']);
    const { as } = await oneself(person, 'globex');
    const path = `/v1/me/consents/${registered.clientId}`;
    expect((await call('DELETE', path, { as })).status).to.equal(204);
    await until(async () => (await codes())[1] === 'consent_withdrawn');
    expect(await codes()).to.deep.equal(['acme', 'consent_withdrawn']);
  });

  it('is unknown to a third tenant, as somebody whom nobody has', async () => {
    const { key } = await anOrganization();
    const visible = ({ status, headers, body }: Answer) => {
      const { request_id: _id, instance: _path, ...rest } = body as Record<string, unknown>;
      const names = [...headers.keys()].filter((name) => !['date', 'content-length'].includes(name));
      return { status, rest, names: names.sort() };
    };
    const { control } = await world();
    for (const operation of ofPeople.filter(({ path }) => path.includes('{user_id}'))) {
      const person = await aPerson(true);
      const before = await recordOf(person);
      const seen = [];
      for (const userId of [person.userId, `auth0|${randomUUID().replaceAll('-', '')}`]) {
        await control.forgetCalls();
        const answer = await send(operation, { ...person, userId }, 'acme', { as: key });
        const calls = Object.keys(await control.calls()).filter((name) => /\/users/.test(name));
        seen.push({ ...visible(answer), calls });
      }
      expect(seen[0], operation.id).to.deep.equal(seen[1]);
      expect(seen[0]!.status).to.equal(404);
      expect(await recordOf(person)).to.deep.equal(before);
    }
    const { email } = await aPerson(true);
    const found = await call('GET', `/v1/users?email=${encodeURIComponent(email)}`, { as: key });
    expect(found.body).to.deep.equal({ users: [] });
  }).timeout(30_000);
});
