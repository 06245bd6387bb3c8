/**
 * What a tenant does to a person whom it shares with others ends nothing elsewhere, and counts in it whichever way the person comes, also
 * while it becomes an organization.
 */
import { expect } from 'chai';
import { Authenticator } from '../../src/authentication/authenticator.ts';
import type { TokenClaims } from '../../src/authentication/token-claims.ts';
import { refuseBeyondScopes } from '../../src/operations/users/refuse-beyond-scopes.ts';
import { Problem } from '../../src/problem.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { saveClient } from '../../src/registry/client-store.ts';
import { Registry } from '../../src/registry/registry.ts';
import { saveTenant, type Tenant } from '../../src/registry/tenants.ts';
import { createWithdrawals, type Withdrawals } from '../../src/registry/withdrawals.ts';
import { createMakerCheck } from '../../workers/check-maker.ts';
import { deleteConsent } from '../../workers/relay/withdrawConsent.ts';
import { createPerformerContexts } from '../../workers/relay/performer-contexts.ts';
import type { ConsentsContext, UsersContext } from '../../workers/relay/performer.ts';
import { startAnswering, type AnsweringAuthority, type Received } from '../auth0/answering.ts';
import { redisAlone } from '../support/redis-alone.ts';

const ROLES = new Map([
  ['member', ['read:users']],
  ['admin', ['read:users', 'update:users']],
]);
const AUDIENCE = 'https://api.example/';
const GUEST = 'auth0|guest';
const HOME_USER = 'auth0|home';
const created_at = '2031-01-01T00:00:00.000Z';
const common = { status: 'active', connection: 'users', created_at, shared_web_app: true } as const;
const change = { organization: 'new', organization_id: 'org_t', made_by: 'job', since: created_at };

/** `t` is an organization, or becomes one; `x` is none, and the guest's home. */
const x: Tenant = { id: 'x', name: 'X', ...common };
const before: Tenant = { id: 't', name: 'T', ...common };
const preparing: Tenant = { ...before, change_over: change };
const open: Tenant = { ...before, organization: 'org_t', change_over: { ...change, open: true } };
const finished: Tenant = { ...before, organization: 'org_t' };

describe('what a tenant did to a person', () => {
  const redis = redisAlone();
  let subscriber: ReturnType<typeof connectForWaiting>;
  let authority: AnsweringAuthority;
  let grants: { id: string; organization_id?: string }[];

  beforeEach(async () => {
    const { host, port } = redis().options;
    subscriber = connectForWaiting(`redis://${host}:${port}`);
    await saveTenant(redis(), x);
    await saveTenant(redis(), open);
    await saveClient(redis(), {
      kind: 'app',
      client_id: 'app',
      name: 'App',
      registration: 'dynamic',
      status: 'approved',
      scopes: ['read:users'],
      created_at,
    });
    grants = [{ id: 'bare' }, { id: 't', organization_id: 'org_t' }, { id: 'y', organization_id: 'org_y' }];
    authority = await startAnswering();
    authority.answer = atAuthority;
  });
  afterEach(() => {
    subscriber.disconnect();
    authority.close();
  });

  function atAuthority({ method, path, body }: Received) {
    if (method === 'DELETE' && path.includes('/members')) return { status: 204 };
    if (path.endsWith('/organizations') || path.includes('/organizations?')) {
      const organizations = [
        { id: 'org_t', name: 't' },
        { id: 'org_y', name: 'y' },
      ];
      return { status: 200, body: { organizations, total: 2, start: 0, limit: 100 } };
    }
    if (method === 'DELETE') {
      grants = grants.filter(({ id }) => !path.endsWith(`/${id}`));
      return { status: 204 };
    }
    if (!path.includes('/grants')) {
      const user_id = decodeURIComponent(path.split('/').at(-1)!.split('?')[0]!);
      const app_metadata =
        user_id === GUEST
          ? { tenant_id: 'x', org_t: { tenant_id: 't', roles: [] } }
          : { tenant_id: 't', roles: [] };
      return { status: 200, body: { user_id, app_metadata, updated_at: created_at, ...body } };
    }
    const user_id = decodeURIComponent(/user_id=([^&]*)/.exec(path)![1]!);
    const listed = grants.map((one) => ({ ...one, clientID: 'app', user_id, audience: AUDIENCE, scope: [] }));
    return { status: 200, body: { grants: listed, total: listed.length, start: 0, limit: 100 } };
  }

  const contexts = () =>
    createPerformerContexts({
      redis: redis(),
      audience: AUDIENCE,
      roles: ROLES,
      settingsPlace: { database: 'settings', clientId: 'worker' },
      offersOrganizations: true,
      managementFor: () => authority.management(),
    } as unknown as Parameters<typeof createPerformerContexts>[0]);
  const rules = { beforeCall: () => Promise.resolve(), whileWaiting: () => undefined };
  /** As the worker does it for a job of this tenant. */
  const marksOf = (tenantId: string) =>
    (contexts().of({ operationId: 'replaceUserRoles', tenantId, subject: undefined }, rules) as UsersContext)
      .userMarks;

  interface Token {
    tenantId: string;
    userId: string;
    organizationId?: string;
    clientId?: string;
    roles?: string[];
    issuedAt?: number;
  }
  const secondsAgo = (seconds: number) => Math.floor(redisNow() / 1_000) - seconds;

  /** @param process one that has a memory; left out: a new one. @returns the scopes of the caller, or the code of the refusal */
  async function scopesOf(token: Token, process?: Registry): Promise<string[] | string> {
    const { tenantId, userId, organizationId, clientId = 'spa', roles = ['admin'], issuedAt } = token;
    const claims: TokenClaims = {
      subject: userId,
      clientId,
      tenantId,
      ...(organizationId && { organizationId }),
      roles,
      scopes: ['read:users'],
      issuedAt: issuedAt ?? secondsAgo(60),
      expiresAt: redisNow() + 3_600_000,
      boundTo: undefined,
    };
    const nothing = () => undefined;
    const registry = process ?? (await Registry.open(redis(), subscriber));
    const authenticator = new Authenticator({
      tokens: { verify: () => Promise.resolve(claims) },
      registry,
      appUse: { note: nothing, count: nothing, noteConsent: nothing },
      approvedApps: 'allowed',
      roles: ROLES,
      operators: [],
      webApps: ['spa'],
      consoleClient: undefined,
      operatorsFrom: undefined,
    } as unknown as ConstructorParameters<typeof Authenticator>[0]);
    const presented = { method: 'GET', url: () => '', address: () => '', isAddressKnown: true };
    const scopes = await codeOf(async () => {
      const { principal } = await authenticator.authenticate({ scheme: 'bearer', token: 'x' }, presented);
      return [...principal.scopes].sort();
    });
    if (!process) registry.close();
    return scopes;
  }
  async function codeOf<T>(work: () => Promise<T>): Promise<T | string> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  }
  const changed = (user_id: string, roles: string[], blocked = false) => ({
    user_id,
    roles,
    blocked,
    updated_at: new Date(redisNow()).toISOString(),
  });
  const checkMaker = (tenantId: string, userId: string, roles: string[]) =>
    codeOf(() =>
      createMakerCheck(
        redis(),
        ROLES,
        'allowed',
      )({ tenantId, makerUser: { userId, roles }, createdAt: new Date(redisNow() - 60_000).toISOString() }),
    );
  const FULL = ['read:users', 'update:users'];
  const atHome = { tenantId: 'x', userId: GUEST };
  const asGuest = { tenantId: 't', userId: GUEST, organizationId: 'org_t' };
  /** Both ways of a home user of `t`. */
  const ways: Token[] = [
    { tenantId: 't', userId: HOME_USER },
    { tenantId: 't', userId: HOME_USER, organizationId: 'org_t' },
  ];

  it('(roles of a guest, while it becomes an organization) gives none of them at the guest’s home', async () => {
    await marksOf('t').changed(changed(GUEST, ['admin']));
    expect(await scopesOf({ ...asGuest, roles: ['member'] })).to.deep.equal(FULL);
    expect(await scopesOf({ ...atHome, roles: ['member'] })).to.deep.equal(['read:users']);
    await marksOf('t').changed(changed(GUEST, []));
    expect(await scopesOf(asGuest)).to.deep.equal([]);
    expect(await scopesOf(atHome)).to.deep.equal(FULL);
    expect(await checkMaker('x', GUEST, ['admin'])).to.equal(undefined);
    expect(await checkMaker('t', GUEST, ['admin'])).to.equal('insufficient_role');
  });

  for (const [what, end] of [
    ['removed', (tenant: string) => marksOf(tenant).removed(GUEST)],
    ['of unknown outcome', (tenant: string) => marksOf(tenant).distrust(GUEST)],
    ['deleted', (tenant: string) => marksOf(tenant).deleted(GUEST)],
  ] as const)
    it(`(${what}) refuses the person there alone, in both directions`, async () => {
      await end('t');
      expect(await scopesOf(asGuest)).to.equal('invalid_token');
      expect(await scopesOf(atHome)).to.deep.equal(FULL);
      await redis().flushall();
      for (const tenant of [x, open]) await saveTenant(redis(), tenant);
      await end('x');
      expect(await scopesOf(asGuest)).to.deep.equal(FULL);
      expect(await checkMaker('t', GUEST, ['admin'])).to.equal(undefined);
      expect(await scopesOf(atHome)).to.equal('invalid_token');
    });

  for (const [what, tenant, userId, left] of [
    ['a guest', finished, GUEST, ['bare', 'y']],
    ['a guest, while it becomes an organization', open, GUEST, ['bare', 'y']],
    ['a home user', finished, HOME_USER, ['y']],
    ['a home user, before it is one', before, HOME_USER, ['t', 'y']],
    ['a home user, when it is about to become one', preparing, HOME_USER, ['y']],
  ] as const)
    it(`(removed) ends what the person allowed apps in it, and nothing else: ${what}`, async () => {
      await saveTenant(redis(), tenant);
      const recorded = { bare: userId, t: `org_t ${userId}`, y: `org_y ${userId}` };
      await redis().sadd(keys.consentedTo('app'), ...Object.values(recorded));
      const { users } = contexts().of(
        { operationId: 'deleteUser', tenantId: 't', subject: undefined },
        rules,
      ) as UsersContext;
      const user = await users.toChange(userId, { kind: 'tenant', scopes: FULL });
      expect(await user.delete()).to.include({ user_id: userId });
      expect(grants.map(({ id }) => id)).to.deep.equal(left);
      // What is given anew is an event again.
      expect(await redis().smembers(keys.consentedTo('app'))).to.have.members(left.map((id) => recorded[id]));
    });

  it('counts for its home users, whichever way they come', async () => {
    await marksOf('t').changed(changed(HOME_USER, ['member']));
    for (const way of ways) expect(await scopesOf(way)).to.deep.equal(['read:users']);
    await marksOf('t').distrust(HOME_USER);
    for (const way of ways) expect(await scopesOf(way)).to.equal('invalid_token');
  });

  it('is seen by a process that remembers the person and the consent from before', async () => {
    const process = await Registry.open(redis(), subscriber);
    const token = { ...asGuest, clientId: 'app' };
    expect(await scopesOf(token, process)).to.deep.equal(['read:users']);
    await createWithdrawals(redis()).open({ tenantId: 't', userId: GUEST, clientId: 'app' });
    while ((await scopesOf(token, process)) !== 'consent_withdrawn');
    await marksOf('t').removed(GUEST);
    while ((await scopesOf(token, process)) !== 'invalid_token');
    process.close();
  });

  for (const [what, tenant] of [
    ['before', before],
    ['prepared', preparing],
    ['while both ways are accepted', open],
  ] as const)
    it(`(${what}) is not forgotten when the tenant has become an organization`, async () => {
      await saveTenant(redis(), tenant);
      await marksOf('t').changed(changed(HOME_USER, ['member']));
      await saveTenant(redis(), finished);
      expect(await scopesOf(ways[1]!)).to.deep.equal(['read:users']);
      expect(await checkMaker('t', HOME_USER, ['admin'])).to.equal('insufficient_role');
    });

  it('says to no other tenant that there is such a user', async () => {
    const authorityOfKey = { kind: 'tenant', scopes: [], tenantId: 't' } as const;
    const ask = async () => {
      const registry = await Registry.open(redis(), subscriber);
      const services = { contract: { roles: ROLES }, registry } as never;
      return codeOf(() => refuseBeyondScopes(services, authorityOfKey, 'auth0|x')).finally(() =>
        registry.close(),
      );
    };
    for (const tenant of [before, open]) {
      await saveTenant(redis(), tenant);
      await marksOf('x').changed(changed('auth0|x', ['admin']));
      expect(await ask()).to.equal(undefined);
    }
    await marksOf('t').changed(changed('auth0|x', ['admin']));
    expect(await ask()).to.equal('user_beyond_scopes');
  });

  describe('before marks and withdrawals were of one tenant', () => {
    const upTo = () => secondsAgo(0);
    const markEarlier = (fields: Record<string, string | number>) =>
      redis().hset(keys.userMark(HOME_USER), { version: redisNow(), ...fields });

    it('counts still for those who come without an organization, and the later of two', async () => {
      await markEarlier({ roles: '["member"]', roles_up_to: upTo() });
      expect(await scopesOf(ways[0]!)).to.deep.equal(['read:users']);
      expect(await scopesOf(ways[1]!)).to.deep.equal(FULL);
      await saveTenant(redis(), before);
      expect(await checkMaker('t', HOME_USER, ['admin'])).to.equal('insufficient_role');
      await redis().hset(keys.userMark(HOME_USER), { roles_up_to: upTo() - 1 });
      await marksOf('t').changed(changed(HOME_USER, ['admin']));
      expect(await scopesOf({ ...ways[0]!, roles: [] })).to.deep.equal(FULL);
      await markEarlier({ refused_up_to: upTo() });
      await marksOf('t').changed(changed(HOME_USER, ['admin']));
      expect(await scopesOf(ways[0]!)).to.equal('invalid_token');
    });

    it('refuses an app still, and is finished', async () => {
      const token = { ...ways[0]!, clientId: 'app' };
      await saveTenant(redis(), before);
      expect(await scopesOf(token)).to.deep.equal(['read:users']);
      const withdrawals = createWithdrawals(redis());
      await redis().zadd(keys.unfinishedWithdrawals, 1, `${HOME_USER} app`);
      const [earlier] = await withdrawals.olderThan(redisNow());
      expect(earlier).to.deep.equal({ tenantId: undefined, userId: HOME_USER, clientId: 'app' });
      await withdrawals.open(earlier!);
      expect(await scopesOf(token)).to.equal('consent_withdrawn');
      await withdrawals.close({ ...earlier!, tenantId: 't' }, upTo(), [undefined]);
      expect(await scopesOf(token)).to.equal('consent_withdrawn');
      await withdrawals.close(earlier!, upTo() - 100, [undefined]);
      expect(await scopesOf(token)).to.equal('consent_withdrawn');
      expect(await scopesOf({ ...token, issuedAt: upTo() + 1 })).to.deep.equal(['read:users']);
      expect(await withdrawals.olderThan(redisNow() + 1)).to.deep.equal([]);
    });
  });

  describe('a withdrawn consent', () => {
    /** As the API and the worker do it, one after the other. */
    async function withdraw(tenantId: string, userId: string): Promise<void> {
      const context = contexts().of(
        { operationId: 'withdrawConsent', tenantId, subject: userId },
        rules,
      ) as ConsentsContext;
      const withdrawals: Withdrawals = createWithdrawals(redis());
      await withdrawals.open({ tenantId, userId, clientId: 'app' });
      await deleteConsent(context, tenantId, { clientId: 'app' });
    }
    const left = () => grants.map(({ id }) => id);

    it('of a guest is ended there alone, and what was given at home stays', async () => {
      await withdraw('t', GUEST);
      expect(left()).to.deep.equal(['bare', 'y']);
      expect(await scopesOf({ ...asGuest, clientId: 'app' })).to.equal('consent_withdrawn');
      expect(await scopesOf({ ...atHome, clientId: 'app' })).to.deep.equal(['read:users']);
      await withdraw('x', GUEST);
      expect(left()).to.deep.equal(['y']);
      expect(await scopesOf({ ...atHome, clientId: 'app' })).to.equal('consent_withdrawn');
    });

    it('of a home user is ended in both ways, while the tenant becomes an organization', async () => {
      await withdraw('t', HOME_USER);
      expect(left()).to.deep.equal(['y']);
      for (const way of ways)
        expect(await scopesOf({ ...way, clientId: 'app' })).to.equal('consent_withdrawn');
    });

    for (const [what, tenant, calls] of [
      ['is none', before, 0],
      ['is about to become an organization', preparing, 0],
      ['becomes one', open, 1],
      ['is one', finished, 0],
    ] as const)
      it(`costs ${calls} look-ups of the user where the tenant ${what}`, async () => {
        await saveTenant(redis(), tenant);
        await withdraw('t', HOME_USER);
        expect(authority.received.filter(({ path }) => path.includes('/users/'))).to.have.length(calls);
      });

    it('is recorded as an event when it is given anew, there alone', async () => {
      const consented = keys.consentedTo('app');
      await redis().sadd(consented, GUEST, `org_t ${GUEST}`, `org_y ${GUEST}`);
      await withdraw('t', GUEST);
      expect(await redis().smembers(consented)).to.have.members([GUEST, `org_y ${GUEST}`]);
    });
  });
});
