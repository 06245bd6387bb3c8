/** The registry as it is stored: of two who change something at once one is heard, and bounds hold at that moment. */
import { expect } from 'chai';
import type { Redis } from 'ioredis';
import { Problem } from '../../src/problem.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { keys } from '../../src/redis/keys.ts';
import { openChangeLog } from '../../src/registry/changes.ts';
import {
  addStray,
  changeWebApp,
  findWebApps,
  keepStrays,
  listDrifts,
  readOrigin,
  readWebApp,
  saveDrifts,
  strayedSince,
} from '../../src/registry/client-store.ts';
import type { SpaClient } from '../../src/registry/clients.ts';
import { InitialAccessTokens } from '../../src/registry/initial-access-tokens.ts';
import { marksToRemove } from '../../src/registry/pending-cleanups.ts';
import { createRegistrations, newRegistrationId, type Places } from '../../src/registry/registrations.ts';
import {
  changeTenant,
  findByEmailDomain,
  hasOrganizations,
  hasSeveralSignIns,
  indexTenants,
  isRetired,
  listChangingOver,
  listKnownTenantIds,
  listTenants,
  listWithOrganization,
  readSharedDatabase,
  readStoredTenant,
  saveTenant,
  type Tenant,
} from '../../src/registry/tenants.ts';
import { LONGEST_SIGN_IN_S } from '../../src/registry/longest-token.ts';
import {
  createUserMarks,
  findUserMark,
  markGoneEverywhere,
  readUserMark,
  refuseTokensSoFar,
  refusedAt,
  userMarkId,
} from '../../src/registry/user-marks.ts';
import { createWithdrawals } from '../../src/registry/withdrawals.ts';
import { createKeyedHash } from '../../src/secrets/keyed-hash.ts';
import { redisAlone } from '../support/redis-alone.ts';

describe('the registry in Redis', () => {
  const redis = redisAlone();
  const told = async () => (await redis().xrange(keys.registryOutbox, '-', '+')).map(([, [, text]]) => text);

  describe('tenants', () => {
    const tenant: Tenant = {
      id: 'acme',
      name: 'Acme',
      status: 'active',
      connection: 'acme-users',
      created_at: '2031-01-01T00:00:00.000Z',
    };
    const change = (from: string, to: Tenant | undefined, options = {}) =>
      changeTenant(redis(), 'acme', from, to, { event: 'changed', ...options });

    for (const [what, fields, shared] of [
      ['as its own is named', { connection: 'acme-users' }, undefined],
      ['that was made for it', { connection: 'people', owns_connection: true }, undefined],
      ['of another name', { connection: 'people' }, 'people'],
      ["as another tenant's own is named", { connection: 'globex-users' }, 'globex-users'],
    ] as const)
      it(`share a connection, or do not: one ${what}`, async () => {
        expect(await readSharedDatabase(redis(), 'acme')).to.equal(undefined);
        await change('', { ...tenant, ...fields });
        expect(await readSharedDatabase(redis(), 'acme')).to.equal(shared);
      });

    it('are changed as they were read, or not at all', async () => {
      const log = openChangeLog(redis());
      await log.next();
      expect(await change('', tenant)).to.equal('done');
      const { text } = (await readStoredTenant(redis(), 'acme'))!;
      expect(await change('', tenant), 'made twice').to.equal('changed meanwhile');
      expect(await change(text, { ...tenant, name: 'New' })).to.equal('done');
      expect(await change(text, tenant), 'read before').to.equal('changed meanwhile');
      expect(await told()).to.deep.equal(['changed', 'changed']);
      expect(await log.next()).to.deep.equal([
        { kind: 'tenant', id: 'acme' },
        { kind: 'tenant', id: 'acme' },
      ]);
    });

    for (const [what, keepId, again] of [
      ['do not give their id to another one', false, 'retired'],
      ['give their id back when they were never made', true, 'done'],
    ] as const)
      it(what, async () => {
        await change('', tenant);
        expect(await change('*', undefined, { keepId })).to.equal('done');
        expect(await isRetired(redis(), 'acme')).to.equal(!keepId);
        expect(await listKnownTenantIds(redis())).to.deep.equal(new Set(keepId ? [] : ['acme']));
        expect(await change('', tenant)).to.equal(again);
      });
  });

  describe('connections and email domains of tenants', () => {
    const save = (id: string, more: Partial<Tenant> | undefined) =>
      changeTenant(
        redis(),
        id,
        '*',
        more && { id, name: id, status: 'active', connection: 'shared', created_at: '2031-01-01', ...more },
      );

    it('are several as soon as one tenant has another connection, or is an organization, and not before', async () => {
      expect(await hasSeveralSignIns(redis())).to.equal(false);
      for (let i = 0; i < 600; i += 1) await save(`t${i}`, {});
      expect(await hasSeveralSignIns(redis())).to.equal(false);
      await save('t600', { connection: 't600-users' });
      expect(await hasSeveralSignIns(redis())).to.equal(true);
      await save('t600', undefined);
      expect(await hasSeveralSignIns(redis())).to.equal(false);
      await save('t600', { organization: 'org_1' });
      expect(await hasSeveralSignIns(redis())).to.equal(true);
      await save('t600', undefined);
    });

    it('lead to one tenant, and to none when it gives them up or goes', async () => {
      const owners = () =>
        Promise.all(['a.example', 'b.example'].map((domain) => findByEmailDomain(redis(), domain)));
      expect(await save('acme', { email_domains: ['a.example', 'b.example'] })).to.equal('done');
      expect(await owners()).to.deep.equal(['acme', 'acme']);
      // All or nothing.
      expect(await save('globex', { email_domains: ['c.example', 'b.example'] })).to.equal('domain taken');
      expect(await findByEmailDomain(redis(), 'c.example')).to.equal(undefined);
      expect(await readStoredTenant(redis(), 'globex')).to.equal(undefined);
      expect(await save('acme', { email_domains: ['a.example'] })).to.equal('done');
      expect(await save('globex', { email_domains: ['b.example'] })).to.equal('done');
      expect(await owners()).to.deep.equal(['acme', 'globex']);
      expect(await save('acme', {})).to.equal('done');
      expect(await owners()).to.deep.equal([undefined, 'globex']);
      expect(await save('globex', undefined)).to.equal('done');
      expect(await redis().exists(keys.emailDomains)).to.equal(0);
    });
  });

  describe('single-page apps', () => {
    const app = (client_id: string, origins: string[], tenant_id = 'acme'): SpaClient => ({
      kind: 'user',
      client_id,
      tenant_id,
      origins,
      created_at: '2031-01-01T00:00:00.000Z',
    });

    it('share an origin until the last of them gives it up', async () => {
      await changeWebApp(redis(), 'a', app('a', ['https://x.example', 'https://y.example']));
      await changeWebApp(redis(), 'b', app('b', ['https://x.example'], 'globex'));
      expect(await readOrigin(redis(), 'https://x.example')).to.equal('a b');
      await changeWebApp(redis(), 'a', app('a', ['https://z.example']));
      expect(await readOrigin(redis(), 'https://x.example')).to.equal('b');
      expect(await readOrigin(redis(), 'https://y.example')).to.equal(undefined);
      expect(await findWebApps(redis(), 'acme')).to.deep.equal([app('a', ['https://z.example'])]);
      await changeWebApp(redis(), 'b', undefined, 'gone');
      expect(await readWebApp(redis(), 'b')).to.equal(undefined);
      expect(await readOrigin(redis(), 'https://x.example')).to.equal(undefined);
      expect(await told()).to.deep.equal(['gone']);
    });
  });

  describe('marks of users', () => {
    const at = (second: number, more = {}) => ({
      user_id: 'u',
      roles: ['member'],
      blocked: false,
      updated_at: `2031-01-01T00:00:0${second}.000Z`,
      ...more,
    });

    const markIn = (tenantId: string) => readUserMark(redis(), userMarkId(tenantId, 'u'));

    it('keep to the change that the authority made later, in whatever order they come', async () => {
      const marks = createUserMarks(redis(), 'acme');
      await marks.changed(at(2, { roles: [] }));
      await marks.changed(at(1));
      expect((await markIn('acme'))!.roles).to.deep.equal([]);
      await marks.changed(at(3));
      expect((await markIn('acme'))!.roles).to.deep.equal(['member']);
    });

    it('refuse whoever is blocked, until that ends, and whoever is deleted for good', async () => {
      const marks = createUserMarks(redis(), 'acme');
      const refusedUpTo = async () => (await markIn('acme'))!.refusedUpTo;
      await marks.changed(at(1, { blocked: true }));
      expect(await refusedUpTo()).to.be.greaterThan(0);
      await marks.changed(at(2));
      expect(await refusedUpTo()).to.equal(-Infinity);
      await marks.deleted('u');
      await marks.changed(at(3));
      expect(await refusedUpTo()).to.be.greaterThan(9_999_999_998);
    });

    it('stand for a withdrawn consent until it is gone at the authority, and up to then afterwards', async () => {
      const withdrawals = createWithdrawals(redis());
      const consent = { tenantId: 'acme', userId: 'auth0|u 1', clientId: 'app' };
      const elsewhere = { ...consent, tenantId: 'globex' };
      const earlier = { ...consent, tenantId: undefined };
      await withdrawals.open(consent);
      expect(await withdrawals.read(consent)).to.deep.equal({});
      expect(await withdrawals.read(elsewhere)).to.equal(undefined);
      expect(await withdrawals.olderThan(redisNow() + 1)).to.deep.equal([consent]);
      await withdrawals.open(elsewhere);
      expect(await withdrawals.olderThan(redisNow() + 1)).to.have.deep.members([consent, elsewhere]);
      await withdrawals.close(consent, 7, [undefined]);
      expect(await withdrawals.read(consent)).to.deep.equal({ upTo: 7 });
      expect(await withdrawals.read(elsewhere)).to.deep.equal({});
      expect(await withdrawals.olderThan(redisNow() + 1)).to.deep.equal([elsewhere]);
      await withdrawals.open(earlier);
      expect(await withdrawals.olderThan(redisNow() + 1)).to.have.deep.members([elsewhere, earlier]);
    });

    it('are of one tenant alone, and announced by the ids that they are read by', async () => {
      const log = openChangeLog(redis());
      await log.next();
      await createUserMarks(redis(), 'acme').changed(at(1, { roles: [] }));
      await createUserMarks(redis(), 'globex').changed(at(1));
      expect((await markIn('acme'))!.roles).to.deep.equal([]);
      expect((await markIn('globex'))!.roles).to.deep.equal(['member']);
      expect(await readUserMark(redis(), 'u')).to.equal(undefined);
      const read: string[] = [];
      for (const tenantId of ['acme', 'globex'])
        await findUserMark((id) => Promise.resolve(void read.push(id)), {
          tenantId,
          userId: 'u',
          isHome: false,
        });
      // Neither of somebody who was deleted without a word of whose user it was, nor of anybody after a restore.
      const ofTenants = read.filter((id) => !id.startsWith('* '));
      expect(await log.next()).to.deep.equal(ofTenants.map((id) => ({ kind: 'user', id })));
    });

    it('refuse whoever somebody else blocked, until it ends, and tokens from before a deletion for good', async () => {
      const marks = createUserMarks(redis(), 'acme');
      const mark = async () => (await markIn('acme'))!.refusedUpTo;
      await marks.changed(at(1));
      await marks.blocked('u', at(2).updated_at);
      expect(await refusedAt(redis(), 'acme', 'u')).to.equal(Date.parse(at(2).updated_at));
      await marks.changed(at(1));
      expect(await mark(), 'an earlier state').to.be.greaterThan(0);
      await marks.changed(at(3));
      expect([await mark(), await refusedAt(redis(), 'acme', 'u')]).to.deep.equal([-Infinity, undefined]);
      await marks.blocked('u', at(2).updated_at);
      expect(await mark(), 'a late block').to.equal(-Infinity);
      await marks.gone('u');
      expect(await mark()).to.be.within(redisNow() / 1000, redisNow() / 1000 + LONGEST_SIGN_IN_S);
      await marks.changed(at(4));
      expect(await mark()).to.be.within(redisNow() / 1000 - 60, redisNow() / 1000);
    });

    it('refuse everybody whose token is from before a restore, and nobody after it', async () => {
      await refuseTokensSoFar(redis());
      const user = { tenantId: 'acme', userId: 'u', isHome: false };
      const mark = await findUserMark((id) => readUserMark(redis(), id), user);
      expect(mark!.refusedUpTo).to.be.within(redisNow() / 1000 - 60, redisNow() / 1000);
      expect(mark!.roles).to.equal(undefined);
    });

    it('refuse in all tenants whoever was deleted without a word of whose user it was', async () => {
      await markGoneEverywhere(redis(), 'u');
      await createUserMarks(redis(), 'acme').changed(at(1));
      for (const [tenantId, userId, isRefused] of [
        ['acme', 'u', true],
        ['globex', 'u', true],
        ['globex', 'other', false],
      ] as const) {
        const mark = await findUserMark((id) => readUserMark(redis(), id), {
          tenantId,
          userId,
          isHome: false,
        });
        expect((mark?.refusedUpTo ?? 0) > 0, `${tenantId} ${userId}`).to.equal(isRefused);
      }
    });

    it('refuse whoever is removed from one tenant, there alone, and let in who has come back', async () => {
      const marks = createUserMarks(redis(), 'acme');
      const refusedUpTo = async (tenantId: string) => (await markIn(tenantId))?.refusedUpTo;
      await marks.removed('u');
      const upTo = await refusedUpTo('acme');
      expect(upTo).to.be.within(redisNow() / 1000, redisNow() / 1000 + LONGEST_SIGN_IN_S);
      expect(await refusedUpTo('globex')).to.equal(undefined);
      await marks.changed({ ...at(1), updated_at: new Date(redisNow() + 1_000).toISOString() });
      expect(await refusedUpTo('acme')).to.equal(-Infinity);
    });
  });

  describe('tenants with an organization, and those that change over', () => {
    const made = { name: 'x', status: 'active', connection: 'users', created_at: '2031' } as const;
    const over = { made_by: 'job', since: '2031' };
    const all: [tenant: Tenant, isOrganized: boolean, isChanging: boolean][] = [
      [{ id: 'plain', ...made }, false, false],
      [{ id: 'organized', ...made, organization: 'org_1' }, true, false],
      [{ id: 'becoming', ...made, change_over: { ...over, organization: 'new' } }, true, true],
      [{ id: 'sharing', ...made, change_over: { ...over, web_app: 'shared' } }, false, true],
    ];
    const ids = (which: 1 | 2) => all.filter((one) => one[which]).map(([{ id }]) => id);
    const listed = async (at: Redis) => [
      (await listWithOrganization(at)).map(({ id }) => id).sort(),
      (await listChangingOver(at)).map(({ id }) => id).sort(),
      await hasOrganizations(at),
    ];

    it('are listed as they change, and are gone with it', async () => {
      expect(await listed(redis())).to.deep.equal([[], [], false]);
      for (const [tenant] of all) await saveTenant(redis(), tenant);
      expect(await listed(redis())).to.deep.equal([ids(1).sort(), ids(2).sort(), true]);
      for (const [{ id }] of all.slice(0, 2)) await saveTenant(redis(), { id, ...made });
      await changeTenant(redis(), 'becoming', '*', undefined);
      await saveTenant(redis(), { id: 'sharing', ...made });
      expect(await listed(redis())).to.deep.equal([[], [], false]);
    });

    it('are found where an earlier version wrote them, by each process at its start, and by the comparison', async () => {
      for (const [tenant] of all) await redis().hset(keys.tenants, tenant.id, JSON.stringify(tenant));
      const starting = redis().duplicate();
      try {
        expect(await listed(starting)).to.deep.equal([ids(1).sort(), ids(2).sort(), true]);
        await redis().del(keys.tenantsWithOrganization, keys.tenantsChangingOver);
        await indexTenants(starting, await listTenants(starting, Infinity));
        expect(await listed(starting)).to.deep.equal([ids(1).sort(), ids(2).sort(), true]);
      } finally {
        starting.disconnect();
      }
    });

    it('are read without the others', async () => {
      await listed(redis());
      for (const [tenant] of all) await saveTenant(redis(), tenant);
      await redis().config('RESETSTAT');
      await listed(redis());
      const stats = await redis().info('commandstats');
      expect(stats).to.not.match(/cmdstat_(hscan|hkeys|hgetall|hvals)/);
    });
  });

  it('knows who is leaving until that is over', async () => {
    const leaving = marksToRemove(redis());
    const before = redisNow();
    await leaving.add('org_1 u 1');
    expect(await leaving.since('org_1 u 1')).to.be.within(before, redisNow());
    expect(await leaving.since('org_1 u')).to.equal(undefined);
    await leaving.remove('org_1 u 1');
    expect(await leaving.since('org_1 u 1')).to.equal(undefined);
  });

  describe('registrations', () => {
    const places: Places = { cap: 3, open: 2, perTenant: 1 };
    const vouched: Places = { ...places, open: undefined };
    const of = (tenantId: string) => ({ tenantId, tokenId: '' });

    it('have places of their own for apps that somebody vouched for, and for each tenant', async () => {
      const registrations = createRegistrations(redis());
      for (const [what, id, wanted, has] of [
        ['open', newRegistrationId(), places, true],
        ['open', newRegistrationId(), places, true],
        ['one open too many', newRegistrationId(), places, false],
        ['of a tenant', newRegistrationId(of('acme')), vouched, true],
        ['over the cap', newRegistrationId(of('globex')), vouched, false],
      ] as const)
        expect(await registrations.reserve(id, wanted), what).to.equal(has ? 'reserved' : 'full');
    });

    it('leave their places to apps that nobody vouched for, whoever came before', async () => {
      const registrations = createRegistrations(redis());
      expect(await registrations.reserve(newRegistrationId(of('acme')), vouched)).to.equal('reserved');
      for (let i = 0; i < 2; i += 1)
        expect(await registrations.reserve(newRegistrationId(), places), `open ${i}`).to.equal('reserved');
    });

    it('bound a tenant by itself', async () => {
      const registrations = createRegistrations(redis());
      const [first, second] = [newRegistrationId(of('acme')), newRegistrationId(of('acme'))];
      expect(await registrations.reserve(first, vouched)).to.equal('reserved');
      expect(await registrations.reserve(second, vouched)).to.equal('full');
      expect(await registrations.reserve(newRegistrationId(of('globex')), vouched)).to.equal('reserved');
      await registrations.close(first);
      expect(await registrations.reserve(second, vouched)).to.equal('reserved');
    });

    it('are given up or confirmed, whoever comes first', async () => {
      const registrations = createRegistrations(redis());
      expect(await registrations.confirm('a')).to.equal(true);
      await registrations.abandon('b');
      expect(await registrations.isAbandoned('b')).to.equal(true);
      expect(await registrations.confirm('b')).to.equal(false);
    });
  });

  describe('initial access tokens', () => {
    const issuer = { kind: 'tenant', tenantId: 'acme' } as const;
    const tokens = () => new InitialAccessTokens(redis(), createKeyedHash(Buffer.alloc(32, 7)));
    const create = (more = {}) =>
      tokens().create(
        issuer,
        { name: 't', maxUses: 2, expiresAt: redisNow() + 60_000, limit: 2, by: undefined, ...more },
        (id) => `made ${id}`,
      );

    it('are good for so many apps, many at once', async () => {
      const { made, token } = (await create())!;
      const registrations = createRegistrations(redis());
      const places: Places = { cap: 100, open: undefined, perTenant: 100 };
      const ids = Array.from({ length: 5 }, () => newRegistrationId({ tenantId: 'acme', tokenId: made.id }));
      const reserved = await Promise.all(ids.map((id) => registrations.reserve(id, places)));
      expect(reserved.filter((one) => one === 'reserved')).to.have.length(2);
      expect(reserved.filter((one) => one === 'token used up')).to.have.length(3);
      expect(await tokens().find(token)).to.equal(undefined);
      const first = ids[reserved.indexOf('reserved')]!;
      for (let i = 0; i < 2; i += 1) await registrations.abandon(first);
      expect((await tokens().find(token))!.uses, 'given back once').to.equal(1);
    });

    it('are as many as their issuer may have, and go with the event that tells of it', async () => {
      const { made } = (await create())!;
      await create();
      const error: unknown = await create().catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(Problem).and.include({ code: 'initial_access_token_limit_reached' });
      expect(await tokens().remove({ kind: 'operator' }, made.id, 'gone'), "another's").to.equal(false);
      expect(await tokens().remove(issuer, made.id, 'gone')).to.equal(true);
      expect(await tokens().remove(issuer, made.id, 'gone')).to.equal(false);
      expect((await told()).filter((text) => text === 'gone')).to.have.length(1);
      expect(await redis().exists(keys.initialAccessToken(made.id))).to.equal(0);
    });
  });

  describe('differences from the authority', () => {
    it('are known by their names, and events tell of what is new', async () => {
      await saveDrifts(redis(), ['a', 'b'], ['found a', 'found b']);
      expect(await listDrifts(redis())).to.deep.equal(new Set(['a', 'b']));
      await saveDrifts(redis(), [], []);
      expect(await listDrifts(redis())).to.deep.equal(new Set());
      expect(await told()).to.deep.equal(['found a', 'found b']);
    });

    it('keep since when a client was on one side only, until it is on both', async () => {
      await addStray(redis(), 'a', 5);
      await addStray(redis(), 'a', 9);
      await addStray(redis(), 'b', 7);
      await keepStrays(redis(), new Set(['a']));
      expect(await strayedSince(redis(), 'a')).to.equal(5);
      expect(await strayedSince(redis(), 'b')).to.equal(undefined);
    });
  });
});
