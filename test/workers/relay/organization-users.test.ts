/** Users of a tenant that is an organization: home users, guests, and persons whom it shares with others, by the calls that they cost. */
import { expect } from 'chai';
import { ManagementFailure } from '../../../src/auth0/errors.ts';
import type { Management } from '../../../src/auth0/management.ts';
import { redisNow } from '../../../src/redis/clock.ts';
import type { ChangeOver } from '../../../src/registry/change-over.ts';
import type { Tenant } from '../../../src/registry/tenants.ts';
import type { UserMarks } from '../../../src/registry/user-marks.ts';
import { leftMark, removeLeftMarks } from '../../../workers/relay/left-marks.ts';
import type { ListPosition } from '../../../src/relay/jobs/listUsers.ts';
import { listUsers } from '../../../workers/relay/listUsers.ts';
import { deleteUser } from '../../../workers/relay/deleteUser.ts';
import { replaceUserRoles } from '../../../workers/relay/replaceUserRoles.ts';
import { OwnConsents } from '../../../workers/relay/own-consents.ts';
import type { TenantStore } from '../../../workers/relay/tenant-store.ts';
import { TenantUsers } from '../../../workers/relay/tenant-users.ts';
import { rolesOf } from '../../../workers/relay/whose-user.ts';
import { startAnswering, type AnsweringAuthority, type Received, type Reply } from '../../auth0/answering.ts';
import { codeOf } from './code-of.ts';

const ROLES = new Map([['admin', ['read:users', 'update:users']]]);
const ADMIN = { kind: 'user', scopes: ['read:users', 'update:users'] } as const;
const ORG = 'org_acme';
const AUDIENCE = 'https://api.example/';
const ID = 'auth0|1';
const UPDATED_AT = '2026-11-23T09:00:00.000Z';
type Marks = Record<string, unknown>;
/** Of the tenant's organization. */
const aMark = (roles: string[]) => ({ tenant_id: 'acme', roles });
const aUser = (app_metadata: Marks, user_id = ID) => ({
  user_id,
  email: 'ada@acme.example',
  created_at: UPDATED_AT,
  updated_at: UPDATED_AT,
  app_metadata,
});
const GET = `GET users/${ID}`;
const LIVE = `GET users/${ID}/organizations`;
const JOIN = `POST organizations/${ORG}/members`;
const LEAVE = `DELETE organizations/${ORG}/members`;
const PATCH = `PATCH users/${ID}`;
const DELETE = `DELETE users/${ID}`;
const NOBODY: Reply = { status: 404, body: { statusCode: 404, errorCode: 'inexistent_user' } };
const TAKEN: Reply = { status: 409, body: { statusCode: 409, errorCode: 'auth0_idp_error', message: 'x' } };

/** A user's organizations, as Auth0 lists them. */
const listed = (ids: readonly string[]): Reply => ({
  status: 200,
  body: { organizations: ids.map((id) => ({ id, name: id })), total: ids.length, start: 0, limit: 100 },
});

describe('users of a tenant that is an organization', () => {
  let authority: AnsweringAuthority;
  let users: TenantUsers;
  /** The user at the authority; undefined: there is none. */
  let record: ReturnType<typeof aUser> | undefined;
  let memberOf: string[];
  /** Whether the deployment has organizations. */
  let exist: boolean;
  let changeOver: ChangeOver | undefined;
  /** Other tenants of the registry. */
  const others: Record<string, Pick<Tenant, 'organization' | 'change_over'>> = {
    two: { organization: 'org_2' },
    three: {
      change_over: { organization: 'new', organization_id: 'org_3', made_by: 'j', since: UPDATED_AT },
    },
    none: {},
  };
  /** Who was noted to leave. */
  let left: string[];
  /** When, ms since 1970. */
  let leftAt: number;
  /** Whether memberships do not say yet who left. */
  let lags: boolean;
  /** Whose consents were ended: user, organizations, after how many calls. */
  let ended: unknown[][];
  /** Ids of what the person consented to in the organization. */
  let grants: string[];
  const usersIn = (organization: string | undefined) =>
    new TenantUsers(authority.management(), ROLES, 'acme', () => Promise.resolve(undefined), {
      readTenant: (id) =>
        Promise.resolve(id === 'acme' ? { organization, change_over: changeOver } : others[id]),
      exist: () => Promise.resolve(exist),
      willLeave: (org, userId) => Promise.resolve(void left.push(`${org} ${userId}`)),
      leavingSince: (org, userId) => Promise.resolve(left.includes(`${org} ${userId}`) ? leftAt : undefined),
      endConsents: (management, userId, organizations) => {
        ended.push([userId, organizations, calls().length]);
        const of = () => Promise.resolve(organizations);
        return grants.length > 0
          ? new OwnConsents(management, AUDIENCE, userId, of).deleteAll()
          : Promise.resolve(false);
      },
    });
  const callOf = ({ method, path }: Received) =>
    `${method} ${decodeURIComponent(path.split('?')[0]!).replace('/api/v2/', '')}`;
  const calls = () => authority.received.map(callOf);
  const bodyOf = (call: string) => authority.received.find((one) => callOf(one) === call)?.body;

  /** As Auth0 does: 404 without the user, and changes of metadata merged at the first level. */
  function atAuthority(call: Received): Reply {
    const [method, path] = callOf(call).split(' ') as [string, string];
    if (path === 'grants')
      return {
        status: 200,
        body: {
          grants: grants.map((id) => ({ id, user_id: ID, audience: AUDIENCE, organization_id: ORG })),
          total: grants.length,
          start: 0,
          limit: 50,
        },
      };
    if (path.startsWith('grants/')) {
      grants = grants.filter((id) => !path.endsWith(id));
      return { status: 204 };
    }
    if (path.startsWith('organizations/')) {
      memberOf = method === 'POST' ? [...memberOf, ORG] : memberOf.filter((id) => id !== ORG);
      return { status: 204 };
    }
    if (method === 'POST') return { status: 201, body: (record = aUser(call.body['app_metadata'] as Marks)) };
    if (!record) return NOBODY;
    if (path.endsWith('/organizations')) return listed(lags ? [...memberOf, ORG] : memberOf);
    if (method === 'DELETE') {
      record = undefined;
      return { status: 204 };
    }
    const merged = { ...record.app_metadata, ...(call.body['app_metadata'] as Marks | undefined) };
    if (method === 'PATCH')
      record = {
        ...record,
        updated_at: UPDATED_AT,
        app_metadata: Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)),
      };
    return { status: 200, body: record };
  }

  beforeEach(async () => {
    authority = await startAnswering();
    authority.answer = atAuthority;
    record = undefined;
    memberOf = [];
    exist = false;
    changeOver = undefined;
    left = [];
    leftAt = redisNow();
    lags = false;
    ended = [];
    grants = [];
    users = usersIn(ORG);
  });
  afterEach(() => authority.close());

  /** Of every kind: of a value, a thing, a scope, a limit, the plan, the rate, and a conflict that is none of ours. */
  const REFUSALS: Reply[] = (
    [
      [400, 'x'],
      [404, 'x'],
      [403, 'insufficient_scope'],
      [403, 'too_many_entities'],
      [403, 'insufficient_entitlement'],
      [409, 'x'],
      [429, 'too_many_requests'],
    ] as const
  ).map(([status, errorCode]) => ({ status, body: { statusCode: status, errorCode, message: 'x' } }));

  const home = { tenant_id: 'acme', roles: ['member'] };
  const guest = { tenant_id: 'globex', roles: ['admin'], [ORG]: aMark(['member']) };
  /** Of a record and memberships: the roles, undefined for somebody else's user; the calls. */
  const READ: [
    what: string,
    marks: Marks | undefined,
    live: string[],
    roles: string[] | undefined,
    n: number,
  ][] = [
    ['a home user', home, [], ['member'], 1],
    ['a guest by mark, never by home roles', guest, [], ['member'], 1],
    ['a guest without roles', { ...guest, [ORG]: { tenant_id: 'acme' } }, [], [], 1],
    ['a guest without a home', { [ORG]: aMark(['member']) }, [], ['member'], 1],
    ['a home user with a mark, which decides', { ...home, [ORG]: aMark(['admin']) }, [], ['admin'], 1],
    ['a member without a mark', { tenant_id: 'globex', roles: ['admin'] }, [ORG], [], 2],
    ["another tenant's", { tenant_id: 'globex', roles: ['admin'] }, ['org_globex'], undefined, 2],
    ["nobody's", {}, [], undefined, 2],
    ['an unknown one', undefined, [], undefined, 2],
    [
      "another organization's guest",
      { org_acme2: { tenant_id: 'acme2', roles: [] } },
      ['org_acme2'],
      undefined,
      2,
    ],
    ...[
      null,
      true,
      ORG,
      ['admin'],
      {},
      { roles: ['admin'] },
      { tenant_id: 'former', roles: ['admin'] },
      [aMark(['admin'])],
    ].map((mark): [string, Marks, string[], undefined, number] => [
      `what is no mark: ${JSON.stringify(mark)}`,
      { [ORG]: mark },
      [],
      undefined,
      2,
    ]),
  ];
  for (const [what, marks, live, roles, n] of READ)
    it(`are read: ${what}`, async () => {
      record = marks && aUser(marks);
      memberOf = live;
      if (roles) {
        const user = await users.get(ID);
        expect(rolesOf(user)).to.deep.equal(roles);
        expect(user.app_metadata, 'nothing of others').to.have.all.keys('tenant_id', 'roles');
      } else expect(await codeOf(users.get(ID))).to.equal('not_found');
      expect(calls()).to.deep.equal([GET, LIVE].slice(0, n));
      authority.received.length = 0;
      expect(await codeOf(users.toChange(ID, ADMIN))).to.equal(roles ? 'done' : 'not_found');
      expect(calls(), 'the same to change it').to.deep.equal([GET, LIVE].slice(0, n));
    });

  it("are shown without what a guest's home wrote, and how often a guest signed in", async () => {
    const more = {
      user_metadata: { note: 'of the home' },
      last_login: '2031-01-01T00:00:00.000Z',
      logins_count: 7,
      updated_at: '2031-01-02T00:00:00.000Z',
    };
    for (const [marks, live, isHome] of [
      [home, [ORG], true],
      [guest, [ORG], false],
      [{}, [ORG], false],
    ] as const) {
      record = { ...aUser(marks), ...more };
      memberOf = [...live];
      const { user_metadata, last_login, logins_count, updated_at } = await users.get(ID);
      const shown = [user_metadata, last_login, logins_count, updated_at];
      const hidden = [undefined, undefined, undefined, record.created_at];
      expect(shown).to.deep.equal(isHome ? Object.values(more) : hidden);
    }
  });

  it('cost no call more where there are no organizations, whose marks make nobody a user of another tenant', async () => {
    users = usersIn(undefined);
    for (const [marks, code] of [
      [home, 'done'],
      [guest, 'not_found'],
      [{}, 'not_found'],
    ] as const) {
      record = aUser(marks);
      authority.received.length = 0;
      expect(await codeOf(users.toChange(ID, ADMIN))).to.equal(code);
      expect(calls()).to.deep.equal([GET]);
    }
    record = aUser(home);
    await (await users.toChange(ID, ADMIN)).update({ name: 'Ada' });
    expect(calls().slice(-2)).to.deep.equal([GET, PATCH]);
  });

  it("are not changed by who lacks the scopes of the guest's roles here, whatever the roles at home", async () => {
    const powerless = { ...ADMIN, scopes: [] };
    record = aUser({ ...guest, [ORG]: aMark(['admin']) });
    expect(await codeOf(users.toChange(ID, powerless))).to.equal('user_beyond_scopes');
    record = aUser(guest);
    expect(await codeOf(users.toChange(ID, powerless))).to.equal('done');
  });

  /** Who is shared, by record or membership. */
  const SHARED: [what: string, marks: Marks, live: string[], isShared: boolean, byRecord?: false][] = [
    ...[
      'org_2',
      1,
      true,
      [],
      ['admin'],
      {},
      { tenant_id: 'none', roles: [] },
      { tenant_id: 'three', roles: [] },
      { tenant_id: 'gone', roles: [] },
      { tenant_id: 2 },
    ].flatMap((mark): [string, Marks, string[], boolean, false][] => [
      [
        `a home user and member elsewhere: ${JSON.stringify(mark)}`,
        { ...home, org_2: mark },
        [ORG, 'org_2'],
        true,
        false,
      ],
      [
        `a home user with what is left from elsewhere: ${JSON.stringify(mark)}`,
        { ...home, org_2: mark },
        [ORG],
        false,
        false,
      ],
    ]),
    [
      'a home user who is a guest of one to be',
      { ...home, org_3: { tenant_id: 'three', roles: [] } },
      [],
      true,
    ],
    [
      'a home user with a mark that is left, and a guest elsewhere',
      { ...home, org_1: { tenant_id: 'gone' }, org_2: { tenant_id: 'two' } },
      [],
      true,
    ],
    [
      'a home user with nothing but likenesses of marks',
      { ...home, orgs: {}, organization: 'x' },
      [ORG],
      false,
    ],
    ['a home user', home, [ORG], false],
    ['a home user who is not a member yet', home, [], false],
    ['a home user with a mark', { ...home, [ORG]: aMark([]) }, [ORG], false],
    [
      'a home user who is a guest elsewhere',
      { ...home, org_2: { tenant_id: 'two', roles: [] } },
      [ORG],
      true,
    ],
    ['a home user who was a guest elsewhere', { ...home, org_2: null }, [ORG], false],
    ['a home user and member elsewhere', home, [ORG, 'org_2'], true, false],
    ['a guest', guest, [ORG], true],
    ['a guest without a home', { [ORG]: aMark([]) }, [ORG], true],
    ['a member without a mark', {}, [ORG], true],
  ];
  for (const [what, marks, live, isShared, byRecord = isShared] of SHARED) {
    it(`are ${isShared ? 'shared' : "the tenant's alone"}: ${what}`, async () => {
      await showShared(marks, live, isShared, byRecord ? 0 : 1);
    });

    it(`are ${isShared ? 'removed, and stay' : 'deleted'}: ${what}`, async () => {
      record = aUser(marks);
      memberOf = live;
      const marked = await deleteOnce();
      const isFound = marks['tenant_id'] === 'acme' || ORG in marks;
      const read = isFound && byRecord ? [GET] : [GET, LIVE];
      if (!isShared) {
        expect(calls()).to.deep.equal([...read, DELETE]);
        expect([marked, left, ended]).to.deep.equal([['deleted'], [], []]);
        return;
      }
      expect(calls()).to.deep.equal([...read, LEAVE, ...(isFound ? [PATCH] : [])]);
      expect(bodyOf(LEAVE)).to.deep.equal({ members: [ID] });
      // Without a change at the authority it is later than any that is made meanwhile.
      expect(marked).to.deep.equal([`removed ${isFound ? UPDATED_AT : 'now'}`]);
      expect(left, 'the record is looked at again later').to.deep.equal([`${ORG} ${ID}`]);
      // Nothing of others was touched, and nothing of the tenant is left.
      const { [ORG]: _mark, ...others } = marks;
      const isHome = marks['tenant_id'] === 'acme';
      const consentedIn = isHome ? [ORG, undefined] : [ORG];
      expect(ended, 'before the membership').to.deep.equal([[ID, consentedIn, read.length]]);
      const { tenant_id: _id, roles: _roles, ...otherMarks } = others;
      expect(record?.app_metadata).to.deep.equal(isHome ? otherMarks : others);
      expect(await codeOf(users.get(ID))).to.equal('not_found');
    });
  }

  async function showShared(marks: Marks, live: string[], isShared: boolean, reads: number): Promise<void> {
    record = aUser(marks);
    memberOf = live;
    const user = await users.toChange(ID, ADMIN);
    authority.received.length = 0;
    const works = [
      () => user.update({ email: 'eve@acme.example' }),
      () => user.update({ blocked: true }),
      () => user.createPasswordTicket(60),
      () => user.sendVerificationEmail(),
    ];
    for (const work of works)
      if (isShared) expect(await codeOf(work())).to.equal('user_shared');
      else expect(await codeOf(work())).to.not.equal('user_shared');
    const perWork = reads + (isShared ? 0 : 1);
    expect(calls()).to.have.length(works.length * perWork);
    expect(calls().filter((call) => call === LIVE)).to.have.length(works.length * reads);
  }

  describe('whose tenant is no organization, while others are', () => {
    const marked = { tenant_id: 'other', roles: ['admin'] };
    const members = { ...home, [ORG]: marked };
    beforeEach(() => {
      others['other'] = { organization: ORG };
      users = usersIn(undefined);
      exist = true;
    });

    for (const [what, marks, live, isShared, reads] of [
      ['a user who is in none', home, [], false, 1],
      ['a guest elsewhere, by the mark', members, [ORG], true, 0],
      ['a guest elsewhere, by the mark alone', members, [], true, 0],
      ['a member elsewhere without a mark', home, [ORG], true, 1],
    ] as const)
      it(`are ${isShared ? 'not changed' : 'changed'}: ${what}`, () =>
        showShared(marks, [...live], isShared, reads));

    it('by the mark also where nothing else says that there are organizations, at no call more', async () => {
      exist = false;
      await showShared(members, [ORG], true, 0);
    });

    it('leave the tenant, and stay what they are elsewhere', async () => {
      record = aUser(members);
      expect(await deleteOnce()).to.deep.equal([`removed ${UPDATED_AT}`]);
      expect(calls()).to.deep.equal([GET, PATCH]);
      expect(record.app_metadata).to.deep.equal({ [ORG]: marked });
      expect(await codeOf(users.get(ID))).to.equal('not_found');
    });

    it('by the membership where the registry does not know the tenant of the mark (yet), at one call', async () => {
      delete others['other'];
      for (exist of [true, false]) {
        await showShared(members, [ORG], true, 1);
        await showShared(members, [], false, 1);
      }
    });

    it('leave the organization that it changes over to, too', async () => {
      changeOver = { organization: ORG, organization_id: ORG, made_by: 'j', since: UPDATED_AT };
      record = aUser({ ...members, org_2: { tenant_id: 'two', roles: [] } });
      memberOf = [ORG, 'org_2'];
      expect(await deleteOnce()).to.deep.equal([`removed ${UPDATED_AT}`]);
      expect(calls().slice(-3), 'again: it may have been added in between').to.deep.equal([
        LEAVE,
        PATCH,
        LEAVE,
      ]);
      expect(memberOf).to.deep.equal(['org_2']);
      expect(left).to.deep.equal([`${ORG} ${ID}`]);
      expect(record.app_metadata).to.deep.equal({ org_2: { tenant_id: 'two', roles: [] } });
    });

    it('are its own in the organization that it changes over to', async () => {
      changeOver = { organization: 'new', organization_id: ORG, made_by: 'j', since: UPDATED_AT };
      await showShared(home, [ORG], false, 1);
      await showShared(home, [ORG, 'org_2'], true, 1);
    });
  });

  const marksIn = (marked: string[]) =>
    ({
      deleted: () => Promise.resolve(void marked.push('deleted')),
      removed: (_id: string, at?: string) => Promise.resolve(void marked.push(`removed ${at ?? 'now'}`)),
      changed: () => Promise.resolve(void marked.push('changed')),
      distrust: () => Promise.resolve(void marked.push('distrust')),
    }) as unknown as UserMarks;
  const attemptOf = (mayHaveRun = false) => ({ mayHaveRun, jobId: 'j', checkMaker: () => Promise.resolve() });

  async function deleteOnce(mayHaveRun = false, marked: string[] = []): Promise<string[]> {
    const context = { users, userMarks: marksIn(marked), tenantId: 'acme' };
    await deleteUser(context, { userId: ID, authority: ADMIN }, attemptOf(mayHaveRun));
    return marked;
  }

  function replaceOnce(marked: string[]): Promise<string[]> {
    const context = { users, userMarks: marksIn(marked), tenantId: 'acme' };
    const input = { userId: ID, authority: ADMIN, roles: ['admin'], assignable: ['admin', 'member'] };
    return replaceUserRoles(context, input, attemptOf());
  }

  it('are removed by a repeat, wherever the first try was lost', async () => {
    for (const lostAfter of [0, 1, 2, 3, 4]) {
      record = aUser(guest);
      memberOf = [ORG];
      let left = lostAfter;
      authority.answer = (call) =>
        left-- > 0 ? atAuthority(call) : { status: 400, body: { statusCode: 400 } };
      await codeOf(deleteOnce());
      authority.answer = atAuthority;
      const [marked] = await deleteOnce(true);
      expect(marked).to.match(/^removed/);
      expect(memberOf).to.deep.equal([]);
      expect(record.app_metadata).to.deep.equal({ tenant_id: 'globex', roles: ['admin'] });
    }
  });

  const CHANGED: [what: string, marks: Marks, live: string[], sent: Marks][] = [
    ['of a home user at home', home, [ORG], { roles: ['admin'] }],
    ['of a shared home user at home', home, [ORG, 'org_2'], { roles: ['admin'] }],
    ['of a home user with a mark there', { ...home, [ORG]: aMark([]) }, [ORG], { [ORG]: aMark(['admin']) }],
    ['of a guest in the mark', guest, [ORG], { [ORG]: aMark(['admin']) }],
    ['of a member without a mark in a new one', { tenant_id: 'x' }, [ORG], { [ORG]: aMark(['admin']) }],
  ];
  for (const [what, marks, live, sent] of CHANGED)
    it(`have their roles replaced: ${what}`, async () => {
      record = { ...aUser(marks), created_at: '2026-01-01T00:00:00.000Z' };
      memberOf = live;
      let changedAt: string | undefined;
      const changed: UserMarks['changed'] = ({ updated_at }) =>
        Promise.resolve(void (changedAt = updated_at));
      const userMarks = { changed } as unknown as UserMarks;
      const input = { userId: ID, authority: ADMIN, roles: ['admin'], assignable: ['admin', 'member'] };
      const roles = await replaceUserRoles({ users, userMarks, tenantId: 'acme' }, input, attemptOf());
      expect(roles).to.deep.equal(['admin']);
      const isFound = marks['tenant_id'] === 'acme' || ORG in marks;
      expect(calls()).to.deep.equal(isFound ? [GET, PATCH] : [GET, LIVE, PATCH]);
      expect(bodyOf(PATCH)).to.deep.equal({ app_metadata: sent });
      expect(changedAt, 'the time of the change orders marks').to.equal(UPDATED_AT);
    });

  for (const [what, marks] of [
    ['a guest', guest],
    ['a member without a mark', { tenant_id: 'globex' }],
    ['a home user with a mark', { ...home, [ORG]: aMark([]) }],
  ] as const)
    for (const agoMs of [0, 50_000, 70_000])
      it(`get no roles by a change that was begun before they were removed, ${agoMs} ms ago: ${what}`, async () => {
        record = aUser(marks);
        memberOf = [ORG, 'org_2'];
        const user = await users.toChange(ID, ADMIN);
        authority.received.length = 0;
        // Removed right before the change arrives.
        authority.answer = (call) => {
          authority.answer = atAuthority;
          atAuthority({ ...call, body: { app_metadata: { [ORG]: null } } });
          memberOf = ['org_2'];
          left = [`${ORG} ${ID}`];
          leftAt = redisNow() - agoMs;
          lags = agoMs < 60_000;
          return atAuthority(call);
        };
        expect(await codeOf(user.replaceRoles(['admin']))).to.equal('not_found');
        expect(calls()).to.deep.equal(lags ? [PATCH, PATCH] : [PATCH, LIVE, PATCH]);
        expect(record.app_metadata).to.not.have.property(ORG);
      });

  it('get no roles after they were removed, though memberships do not say so yet', async () => {
    record = aUser(guest);
    memberOf = [ORG];
    await deleteOnce();
    lags = true;
    for (const agoMs of [0, 10_000]) {
      authority.received.length = 0;
      leftAt = redisNow() - agoMs;
      const user = await users.toChange(ID, ADMIN);
      expect(await codeOf(user.replaceRoles(['admin']))).to.equal('not_found');
      expect(calls(), 'nothing is written').to.deep.equal([GET, LIVE]);
    }
  });

  it('have no roles replaced that are not known then: their tokens are refused', async () => {
    for (const refusal of REFUSALS) {
      record = aUser(guest);
      memberOf = [ORG];
      left = [`${ORG} ${ID}`];
      leftAt = redisNow() - 70_000;
      for (const refused of [LIVE, PATCH]) {
        // Of two changes the second: it takes the first one back.
        let changes = 0;
        memberOf = refused === LIVE ? [ORG] : [];
        authority.answer = (call) => {
          if (callOf(call) === PATCH) changes += 1;
          return changes > (refused === PATCH ? 1 : 0) && callOf(call) === refused
            ? refusal
            : atAuthority(call);
        };
        const marked: string[] = [];
        // Who is unknown is no member, and gone.
        const isGone = refusal.status === 404;
        expect(await codeOf(replaceOnce(marked)), JSON.stringify(refusal)).to.equal(
          isGone ? 'not_found' : 'unknown_outcome',
        );
        expect(marked).to.deep.equal(isGone ? [] : ['distrust']);
      }
    }
  });

  it('get roles again when they have come back', async () => {
    record = aUser(guest);
    memberOf = [ORG];
    await deleteOnce();
    memberOf = [ORG];
    leftAt -= 60_000;
    const user = await users.toChange(ID, ADMIN);
    expect(rolesOf(await user.replaceRoles(['admin']))).to.deep.equal(['admin']);
    expect(record.app_metadata).to.deep.equal({
      tenant_id: 'globex',
      roles: ['admin'],
      [ORG]: aMark(['admin']),
    });
  });

  const wanted = { connection: 'acme', id: '1', user: { email: 'ada@acme.example', roles: [] } };
  it('become members when they are created, by two calls', async () => {
    await users.create(wanted);
    expect(calls()).to.deep.equal(['POST users', JOIN]);
    expect(bodyOf(JOIN)).to.deep.equal({ members: [ID] });
    expect(bodyOf('POST users')?.['app_metadata']).to.deep.equal({ tenant_id: 'acme', roles: [] });
  });

  it('become members by a repeat, if the first try ended in between; never who was not created here', async () => {
    record = aUser({ tenant_id: 'acme', roles: [] });
    authority.answer = (call) => (callOf(call) === 'POST users' ? TAKEN : atAuthority(call));
    await users.create(wanted);
    expect(calls()).to.deep.equal(['POST users', GET, JOIN]);
    authority.received.length = 0;
    record = aUser({ tenant_id: 'globex' });
    expect(await codeOf(users.create(wanted))).to.equal('user_exists');
    expect(calls()).to.deep.equal(['POST users', GET]);
  });

  it('are not said to be unchanged when they were removed in part; their tokens are refused', async () => {
    for (const refusal of REFUSALS) {
      record = aUser(guest);
      memberOf = [ORG];
      authority.answer = (call) => (callOf(call) === PATCH ? refusal : atAuthority(call));
      const marked: string[] = [];
      const outcome = codeOf(deleteOnce(false, marked));
      // A user who is gone meanwhile has left, too.
      const isGone = refusal.status === 404;
      expect(await outcome, JSON.stringify(refusal)).to.equal(isGone ? 'done' : 'unknown_outcome');
      expect(marked).to.deep.equal([isGone ? 'deleted' : 'distrust']);
      expect(memberOf).to.deep.equal([]);
      if (isGone) continue;
      authority.answer = (call) => (callOf(call) === LEAVE ? refusal : atAuthority(call));
      const untouched: string[] = [];
      expect(await codeOf(deleteOnce(false, untouched))).to.not.equal('unknown_outcome');
      expect(untouched, 'nothing was changed').to.deep.equal([]);
    }
  });

  it('are not said to be unchanged when consents of theirs were ended', async () => {
    for (const refusal of REFUSALS)
      for (const [refused, isUnchanged] of [
        ['GET grants', true],
        ['DELETE grants/cgr_1', true],
        ['DELETE grants/cgr_2', false],
        [LEAVE, false],
      ] as const) {
        // Whatever is deleted may be gone.
        if (refusal.status === 404 && refused !== 'GET grants') continue;
        record = aUser(guest);
        memberOf = [ORG];
        grants = ['cgr_1', 'cgr_2'];
        authority.answer = (call) => (callOf(call) === refused ? refusal : atAuthority(call));
        const marked: string[] = [];
        const outcome = await codeOf(deleteOnce(false, marked));
        const what = `${refused} ${JSON.stringify(refusal)}`;
        if (isUnchanged) expect(outcome, what).to.not.be.oneOf(['done', 'unknown_outcome']);
        else expect(outcome, what).to.equal('unknown_outcome');
        expect(marked, what).to.deep.equal(isUnchanged ? [] : ['distrust']);
      }
  });

  it('are not said to be created while it is unknown whether they are members', async () => {
    for (const refusal of REFUSALS) {
      authority.answer = (call) => (callOf(call) === JOIN ? refusal : atAuthority(call));
      expect(await codeOf(users.create(wanted))).to.equal('unknown_outcome');
    }
  });

  const found = (...all: unknown[]): Reply => ({
    status: 200,
    body: { users: all, total: all.length, start: 0, limit: 100, length: all.length },
  });
  const queryOf = ({ path }: Received) => new URL(path, 'http://x').searchParams.get('q');

  const MARKED = `app_metadata.${ORG}.tenant_id:"acme"`;
  it('are searched by home and mark, by one call; what is neither by its record is dropped', async () => {
    authority.answer = () => found(aUser(home), aUser(guest, 'auth0|2'), aUser({}, 'auth0|3'));
    const { users: some } = await users.search({ blocked: true }, undefined, 10);
    expect(some.map(({ user_id }) => user_id)).to.deep.equal([ID, 'auth0|2']);
    expect(some.every(({ app_metadata }) => app_metadata?.['tenant_id'] === 'acme')).to.equal(true);
    expect(queryOf(authority.received[0]!)).to.equal(
      `(app_metadata.tenant_id:"acme" OR ${MARKED}) AND blocked:true`,
    );
    expect(calls()).to.have.length(1);
  });

  it('are searched by their roles here, whatever they are elsewhere', async () => {
    authority.answer = () =>
      found(
        aUser(home),
        aUser({ ...home, roles: ['admin'] }, 'auth0|2'),
        aUser(guest, 'auth0|3'),
        aUser({ ...guest, [ORG]: aMark(['admin']) }, 'auth0|4'),
        aUser({ ...home, roles: ['admin'], [ORG]: aMark([]) }, 'auth0|5'),
      );
    const { users: some } = await users.search({ role: 'admin' }, undefined, 10);
    expect(some.map(({ user_id }) => user_id)).to.deep.equal(['auth0|2', 'auth0|4']);
    expect(queryOf(authority.received[0]!)).to.equal(
      `(app_metadata.tenant_id:"acme" OR ${MARKED}) AND ` +
        '((app_metadata.tenant_id:"acme" AND app_metadata.roles:"admin") OR ' +
        `(${MARKED} AND app_metadata.${ORG}.roles:"admin"))`,
    );
  });

  /** As Auth0 searches: by creation date, a thousand at most. */
  function searchedAmong(all: ReturnType<typeof aUser>[]): void {
    authority.answer = ({ path }) => {
      const { searchParams } = new URL(path, 'http://x');
      const [, from = ''] = /created_at:\[(\S+) TO/.exec(searchParams.get('q')!) ?? [];
      const [page, size] = [Number(searchParams.get('page')), Number(searchParams.get('per_page'))];
      expect((page + 1) * size).to.be.at.most(1_000);
      return found(
        ...all.filter(({ created_at }) => created_at >= from).slice(page * size, (page + 1) * size),
      );
    };
  }

  const someDropped = [
    aUser({}),
    aUser(home, 'auth0|2'),
    ...Array<Marks>(99)
      .fill({})
      .map((marks) => aUser(marks)),
    aUser(home, 'auth0|3'),
  ];
  it('fill a page, though much of what is found is dropped', async () => {
    searchedAmong(someDropped);
    const { users: some } = await users.search({}, undefined, 2);
    expect(some.map(({ user_id }) => user_id)).to.deep.equal(['auth0|2', 'auth0|3']);
    expect(calls()).to.have.length(2);
  });

  it('are all listed, however many of a search are dropped, by ten calls a thousand', async () => {
    const at = (index: number) => new Date(Date.parse(UPDATED_AT) + Math.floor(index / 3)).toISOString();
    // A few, then nobody for a thousand and more; whose search is behind their records, and others at the same time.
    const wanted = new Set([0, 1, 5, 1_500, 1_501, 1_502, 2_600]);
    searchedAmong(
      Array.from({ length: 2_700 }, (_, index) => ({
        ...aUser(wanted.has(index) ? home : {}, `auth0|${index}`),
        created_at: at(index),
      })),
    );
    for (const limit of [1, 2, 100]) {
      authority.received.length = 0;
      const seen: string[] = [];
      let after: ListPosition | undefined;
      let pages = 0;
      do {
        const before = calls().length;
        const input = { filters: {}, limit, ...(after && { after }) };
        const { users: page, next } = await listUsers(
          { users, tenantId: 'acme' } as never,
          input,
          {} as never,
        );
        seen.push(...page.map(({ user_id }) => user_id));
        expect(calls().length - before, 'calls of a page').to.be.at.most(10);
        expect((pages += 1), 'pages').to.be.below(20);
        after = next;
      } while (after);
      expect(seen).to.deep.equal([...wanted].map((index) => `auth0|${index}`));
    }
  });

  it('are all found for the whole tenant, though a thousand in between are dropped', async () => {
    const many = Array.from({ length: 1_100 }, (_, index) => ({
      ...aUser(index === 0 || index === 1_050 ? home : {}, `auth0|${index}`),
      created_at: new Date(Date.parse(UPDATED_AT) + index).toISOString(),
    }));
    searchedAmong(many);
    const all = [];
    for await (const { user_id } of users.all()) all.push(user_id);
    expect(all).to.deep.equal(['auth0|0', 'auth0|1050']);
  });

  it('are home users only where sign-ins count: those of guests are told to no other tenant', async () => {
    for (const filters of [
      { last_login_from: UPDATED_AT },
      { last_login_before: UPDATED_AT },
      { last_login_from: UPDATED_AT, last_login_before: UPDATED_AT, role: 'admin' },
    ]) {
      authority.received.length = 0;
      authority.answer = () => found(aUser(home), { ...aUser(guest, 'auth0|2'), last_login: UPDATED_AT });
      const { users: some } = await users.search(filters, undefined, 10);
      expect(queryOf(authority.received[0]!)).to.match(/^app_metadata\.tenant_id:"acme" AND /);
      expect(some.map(({ user_id }) => user_id)).to.not.include('auth0|2');
    }
  });

  it('are all home users where their accounts are concerned: no guest', async () => {
    authority.answer = () => found(aUser(home), aUser(guest, 'auth0|2'));
    const all = [];
    for await (const { user_id } of users.all()) all.push(user_id);
    expect(all).to.deep.equal([ID]);
    expect(queryOf(authority.received[0]!)).to.equal('app_metadata.tenant_id:"acme"');
  });

  it('are not told by their email, nor by its cost, when they are only others', async () => {
    authority.answer = (call) =>
      callOf(call) === 'GET users' ? found() : { status: 200, body: [aUser({ tenant_id: 'globex' })] };
    expect(await users.findByEmail('ada@acme.example')).to.deep.equal([]);
    const stranger = calls();
    authority.received.length = 0;
    authority.answer = (call) => (callOf(call) === 'GET users' ? found() : { status: 200, body: [] });
    expect(await users.findByEmail('ada@acme.example')).to.deep.equal([]);
    expect(calls()).to.deep.equal(stranger);
  });

  describe('that a rolled back provisioning created', () => {
    const made: [
      what: string,
      marks: Marks | undefined,
      live: string[],
      expected: string[],
      usedAt?: string,
    ][] = [
      ['are deleted, unused as they are', home, [ORG, 'org_2'], [GET, DELETE]],
      ['are deleted, though somebody signed in', home, [ORG], [GET, LIVE, DELETE], UPDATED_AT],
      ['are only removed if others share them', home, [ORG, 'org_2'], [GET, LIVE, LEAVE, PATCH], UPDATED_AT],
      [
        'are only removed if others know them',
        { ...home, org_2: {} },
        [ORG, 'org_2'],
        [GET, LIVE, LEAVE, PATCH],
      ],
      ["are nobody else's", { tenant_id: 'globex' }, [], [GET]],
      ['may be gone', undefined, [], [GET]],
    ];
    for (const [what, marks, live, expected, last_login] of made)
      it(what, async () => {
        record = marks && { ...aUser(marks), ...(last_login && { last_login }) };
        memberOf = live;
        await users.deleteCreated('1');
        expect(calls()).to.deep.equal(expected);
      });
  });

  it('are looked at again in any number, whatever the authority refuses for one of them', async () => {
    const refused = leftMark('org_9', 'auth0|refused');
    const entries = [refused, ...Array.from({ length: 250 }, (_, at) => leftMark(ORG, `auth0|${at}`))];
    const failure = new ManagementFailure('invalid');
    let asked = 0;
    const upkeep = () =>
      removeLeftMarks({
        bulk: {
          getUser: (id: string) => {
            asked += 1;
            return Promise.reject(id === 'auth0|refused' ? failure : new ManagementFailure('not_found'));
          },
        } as unknown as Management,
        marksToRemove: {
          add: () => Promise.reject(new Error('adds none')),
          remove: (entry) => Promise.resolve(void entries.splice(entries.indexOf(entry), 1)),
          since: () => Promise.reject(new Error('asks for none')),
          olderThan: (_, skip = 0) => Promise.resolve(entries.slice(skip, skip + 100)),
        },
        tenants: {} as TenantStore,
        userMarksIn: () => ({}) as UserMarks,
      });
    expect(await upkeep().catch((error: unknown) => error)).to.equal(failure);
    expect([entries, asked]).to.deep.equal([[refused], 251]);
  });

  it('are looked at again after they left: a mark that a sign-in wrote meanwhile goes, unless they came back', async () => {
    const marked = { tenant_id: 'globex', [ORG]: aMark([]) };
    for (const [marks, live, expected] of [
      [marked, [], [GET, LIVE, PATCH]],
      [marked, ['org_2'], [GET, LIVE, PATCH]],
      [marked, [ORG], [GET, LIVE]],
      [{ ...marked, [ORG]: true }, [], [GET, LIVE, PATCH]],
      [{ tenant_id: 'globex' }, [], [GET]],
      [undefined, [], [GET]],
    ] as const) {
      record = marks && aUser(marks);
      memberOf = [...live];
      authority.received.length = 0;
      const entries = [leftMark(ORG, ID)];
      const refused: unknown[] = [];
      await removeLeftMarks({
        bulk: authority.management(),
        marksToRemove: {
          add: () => Promise.reject(new Error('adds none')),
          remove: (entry) => Promise.resolve(void entries.splice(entries.indexOf(entry), 1)),
          since: () => Promise.reject(new Error('asks for none')),
          olderThan: (ms) => Promise.resolve(ms < Date.now() - 500_000 ? [...entries] : []),
        },
        tenants: {
          organizationHolder: (id: string) => Promise.resolve(id === ORG ? { id: 'acme' } : undefined),
        } as unknown as TenantStore,
        userMarksIn: (tenantId) =>
          ({
            removed: (...who: unknown[]) => Promise.resolve(void refused.push(tenantId, ...who)),
          }) as unknown as UserMarks,
      });
      expect(refused).to.deep.equal(expected.length === 3 ? ['acme', ID, UPDATED_AT] : []);
      expect(calls()).to.deep.equal(expected);
      expect(entries).to.deep.equal([]);
      if (expected.length === 3) expect(record?.app_metadata).to.deep.equal({ tenant_id: 'globex' });
    }
  });
});
