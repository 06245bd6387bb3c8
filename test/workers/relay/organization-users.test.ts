/** Users of a tenant that is an organization: home users, guests, and persons whom it shares with others, by the calls that they cost. */
import { expect } from 'chai';
import type { ImportState } from '../../../src/imports/import-store.ts';
import { Problem } from '../../../src/problem.ts';
import { ManagementFailure } from '../../../src/auth0/errors.ts';
import type { UserMarks } from '../../../src/registry/user-marks.ts';
import type { ImportJobContext } from '../../../workers/imports/import-jobs/context.ts';
import { recordMembers } from '../../../workers/imports/import-jobs/record-members.ts';
import { deleteUser } from '../../../workers/relay/deleteUser.ts';
import { replaceUserRoles } from '../../../workers/relay/replaceUserRoles.ts';
import { TenantUsers } from '../../../workers/relay/tenant-users.ts';
import { rolesOf } from '../../../workers/relay/whose-user.ts';
import { startAnswering, type AnsweringAuthority, type Received, type Reply } from '../../auth0/answering.ts';

const ROLES = new Map([['admin', ['read:users', 'update:users']]]);
const ADMIN = { kind: 'user', scopes: ['read:users', 'update:users'] } as const;
const ORG = 'org_acme';
const ID = 'auth0|1';
const UPDATED_AT = '2026-11-23T09:00:00.000Z';
type Marks = Record<string, unknown>;
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
  const usersIn = (organization: string | undefined) =>
    new TenantUsers(
      authority.management(),
      ROLES,
      'acme',
      () => Promise.resolve(undefined),
      () => Promise.resolve(organization),
    );
  const callOf = ({ method, path }: Received) =>
    `${method} ${decodeURIComponent(path.split('?')[0]!).replace('/api/v2/', '')}`;
  const calls = () => authority.received.map(callOf);
  const bodyOf = (call: string) => authority.received.find((one) => callOf(one) === call)?.body;
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) =>
        error instanceof Problem
          ? error.code
          : error instanceof ManagementFailure
            ? error.kind
            : String(error),
    );

  /** As Auth0 does: 404 without the user, and changes of metadata merged at the first level. */
  function atAuthority(call: Received): Reply {
    const [method, path] = callOf(call).split(' ') as [string, string];
    if (path.startsWith('organizations/')) {
      memberOf = method === 'POST' ? [...memberOf, ORG] : memberOf.filter((id) => id !== ORG);
      return { status: 204 };
    }
    if (method === 'POST') return { status: 201, body: (record = aUser(call.body['app_metadata'] as Marks)) };
    if (!record) return NOBODY;
    if (path.endsWith('/organizations')) return listed(memberOf);
    if (method === 'DELETE') {
      record = undefined;
      return { status: 204 };
    }
    const merged = { ...record.app_metadata, ...(call.body['app_metadata'] as Marks | undefined) };
    if (method === 'PATCH')
      record = aUser(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)));
    return { status: 200, body: record };
  }

  beforeEach(async () => {
    authority = await startAnswering();
    authority.answer = atAuthority;
    record = undefined;
    memberOf = [];
    users = usersIn(ORG);
  });
  afterEach(() => authority.close());

  const home = { tenant_id: 'acme', roles: ['member'] };
  const guest = { tenant_id: 'globex', roles: ['admin'], [ORG]: { roles: ['member'] } };
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
    ['a guest without roles', { ...guest, [ORG]: {} }, [], [], 1],
    ['a guest without a home', { [ORG]: { roles: ['member'] } }, [], ['member'], 1],
    ['a home user with a mark, which decides', { ...home, [ORG]: { roles: ['admin'] } }, [], ['admin'], 1],
    ['a member without a mark', { tenant_id: 'globex', roles: ['admin'] }, [ORG], [], 2],
    ["another tenant's", { tenant_id: 'globex', roles: ['admin'] }, ['org_globex'], undefined, 2],
    ["nobody's", {}, [], undefined, 2],
    ['an unknown one', undefined, [], undefined, 2],
    ["another organization's guest", { org_acme2: { roles: [] } }, ['org_acme2'], undefined, 2],
    ...[null, true, ORG, ['admin']].map((mark): [string, Marks, string[], undefined, number] => [
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
      expect(calls(), 'memberships before each change').to.deep.equal([GET, LIVE]);
    });

  it('cost no call more where the tenant is no organization, whose marks count for nothing there', async () => {
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
  });

  it("are not changed by who lacks the scopes of the guest's roles here, whatever the roles at home", async () => {
    const powerless = { ...ADMIN, scopes: [] };
    record = aUser({ ...guest, [ORG]: { roles: ['admin'] } });
    expect(await codeOf(users.toChange(ID, powerless))).to.equal('user_beyond_scopes');
    record = aUser(guest);
    expect(await codeOf(users.toChange(ID, powerless))).to.equal('done');
  });

  /** Who is shared, by record or membership. */
  const SHARED: [what: string, marks: Marks, live: string[], isShared: boolean][] = [
    ['a home user', home, [ORG], false],
    ['a home user who is not a member yet', home, [], false],
    ['a home user with a mark', { ...home, [ORG]: { roles: [] } }, [ORG], false],
    ['a home user who is a guest elsewhere', { ...home, org_2: { roles: [] } }, [ORG], true],
    ['a home user who was a guest elsewhere', { ...home, org_2: null }, [ORG], false],
    ['a home user and member elsewhere', home, [ORG, 'org_2'], true],
    ['a guest', guest, [ORG], true],
    ['a guest without a home', { [ORG]: { roles: [] } }, [ORG], true],
    ['a member without a mark', {}, [ORG], true],
  ];
  for (const [what, marks, live, isShared] of SHARED) {
    it(`are ${isShared ? 'shared' : "the tenant's alone"}: ${what}`, async () => {
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
      expect(calls()).to.have.length(isShared ? 0 : works.length);
    });

    it(`are ${isShared ? 'removed, and stay' : 'deleted'}: ${what}`, async () => {
      record = aUser(marks);
      memberOf = live;
      const marked = await deleteOnce();
      if (!isShared) {
        expect(calls()).to.deep.equal([GET, LIVE, DELETE]);
        expect(marked).to.deep.equal(['deleted']);
        return;
      }
      const hasMark = marks === home || ORG in marks || 'org_2' in marks;
      expect(calls()).to.deep.equal([GET, LIVE, LEAVE, ...(hasMark ? [PATCH] : [])]);
      expect(bodyOf(LEAVE)).to.deep.equal({ members: [ID] });
      expect(marked).to.deep.equal([`removed ${UPDATED_AT}`]);
      // Nothing of others was touched, and nothing of the tenant is left.
      const { [ORG]: _mark, ...others } = marks;
      const isHome = marks['tenant_id'] === 'acme';
      const { tenant_id: _id, roles: _roles, ...otherMarks } = others;
      expect(record?.app_metadata).to.deep.equal(isHome ? otherMarks : others);
      expect(await codeOf(users.get(ID))).to.equal('not_found');
    });
  }

  async function deleteOnce(mayBeDone = false): Promise<string[]> {
    const marked: string[] = [];
    const userMarks = {
      deleted: () => Promise.resolve(void marked.push('deleted')),
      removed: (_id: string, at?: string) => Promise.resolve(void marked.push(`removed ${at ?? 'now'}`)),
      changed: () => Promise.resolve(void marked.push('changed')),
      distrust: () => Promise.resolve(void marked.push('distrust')),
    } as unknown as UserMarks;
    const attempt = { mayBeDone, jobId: 'j', checkMaker: () => Promise.resolve() };
    await deleteUser({ users, userMarks, tenantId: 'acme' }, { userId: ID, authority: ADMIN }, attempt);
    return marked;
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
    [
      'of a home user with a mark there',
      { ...home, [ORG]: { roles: [] } },
      [ORG],
      { [ORG]: { roles: ['admin'] } },
    ],
    ['of a guest in the mark', guest, [ORG], { [ORG]: { roles: ['admin'] } }],
    ['of a member without a mark in a new one', { tenant_id: 'x' }, [ORG], { [ORG]: { roles: ['admin'] } }],
  ];
  for (const [what, marks, live, sent] of CHANGED)
    it(`have their roles replaced: ${what}`, async () => {
      record = aUser(marks);
      memberOf = live;
      const userMarks = { changed: () => Promise.resolve() } as unknown as UserMarks;
      const input = { userId: ID, authority: ADMIN, roles: ['admin'], assignable: ['admin', 'member'] };
      const attempt = { mayBeDone: false, jobId: 'j', checkMaker: () => Promise.resolve() };
      const roles = await replaceUserRoles({ users, userMarks, tenantId: 'acme' }, input, attempt);
      expect(roles).to.deep.equal(['admin']);
      expect(calls()).to.deep.equal([GET, LIVE, PATCH]);
      expect(bodyOf(PATCH)).to.deep.equal({ app_metadata: sent });
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

  it('are not said to be created while it is unknown whether they are members', async () => {
    for (const status of [400, 404]) {
      const refusal = { status, body: { statusCode: status, errorCode: 'x', message: 'x' } };
      authority.answer = (call) => (callOf(call) === JOIN ? refusal : atAuthority(call));
      expect(await codeOf(users.create(wanted))).to.equal('unknown_outcome');
    }
  });

  const found = (...all: unknown[]): Reply => ({
    status: 200,
    body: { users: all, total: all.length, start: 0, limit: 100, length: all.length },
  });
  const queryOf = ({ path }: Received) => new URL(path, 'http://x').searchParams.get('q');

  it('are searched by home and membership; what is neither is dropped', async () => {
    memberOf = [];
    authority.answer = (call) => {
      const path = callOf(call);
      if (path === 'GET users')
        return found(aUser(home), aUser(guest, 'auth0|2'), aUser({}, 'auth0|3'), aUser({}, 'auth0|4'));
      return listed(path.includes('auth0|3') ? [ORG] : []);
    };
    const { users: some } = await users.search({ blocked: true }, undefined, 10);
    expect(some.map(({ user_id }) => user_id)).to.deep.equal([ID, 'auth0|2', 'auth0|3']);
    expect(some.every(({ app_metadata }) => app_metadata?.['tenant_id'] === 'acme')).to.equal(true);
    expect(queryOf(authority.received[0]!)).to.equal(
      `(app_metadata.tenant_id:"acme" OR organization_id:"${ORG}") AND blocked:true`,
    );
    expect(calls()).to.have.length(3);
  });

  it('are searched by their roles here, whatever they are elsewhere', async () => {
    authority.answer = () =>
      found(
        aUser(home),
        aUser({ ...home, roles: ['admin'] }, 'auth0|2'),
        aUser(guest, 'auth0|3'),
        aUser({ ...guest, [ORG]: { roles: ['admin'] } }, 'auth0|4'),
        aUser({ ...home, roles: ['admin'], [ORG]: { roles: [] } }, 'auth0|5'),
      );
    const { users: some } = await users.search({ role: 'admin' }, undefined, 10);
    expect(some.map(({ user_id }) => user_id)).to.deep.equal(['auth0|2', 'auth0|4']);
    expect(queryOf(authority.received[0]!)).to.equal(
      `(app_metadata.tenant_id:"acme" OR organization_id:"${ORG}") AND ` +
        `(app_metadata.roles:"admin" OR app_metadata.${ORG}.roles:"admin")`,
    );
  });

  it('fill a page, though some of what is found is dropped', async () => {
    authority.answer = (call) => {
      if (callOf(call) !== 'GET users') return listed([]);
      const isFirst = new URL(call.path, 'http://x').searchParams.get('page') === '0';
      return isFirst ? found(aUser({}), aUser(home, 'auth0|2')) : found(aUser(home, 'auth0|3'));
    };
    const { users: some } = await users.search({}, undefined, 2);
    expect(some.map(({ user_id }) => user_id)).to.deep.equal(['auth0|2', 'auth0|3']);
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

  describe('that an import job created', () => {
    const state = { id: 'a-b', tenantId: 'acme' } as ImportState;
    let recorded: (readonly [number, string])[];
    const context = (organization: string | undefined = ORG) =>
      ({
        users: usersIn(organization),
        signal: new AbortController().signal,
        log: { warn: () => undefined, error: () => undefined },
        record: (_: ImportState, outcomes: typeof recorded) =>
          Promise.resolve(void recorded.push(...outcomes)),
      }) as unknown as ImportJobContext;
    const rows = (count: number) => Array.from({ length: count }, (_, at) => [at + 1, 'c'] as const);
    const joined = () =>
      authority.received
        .filter((call) => callOf(call) === JOIN)
        .map(({ body }) => body['members'] as string[]);
    beforeEach(() => (recorded = []));

    it('become members in tens, from the ids chosen before, and no others do', async () => {
      await recordMembers(context(), state, [...rows(23), [24, 'e'], [25, '.']]);
      expect(joined().map(({ length }) => length)).to.deep.equal([10, 10, 3]);
      expect(joined().flat()).to.deep.equal(
        rows(23).map(([row]) => `auth0|ab${String(row).padStart(7, '0')}`),
      );
      expect(new Set(recorded)).to.have.property('size', 25);
      expect(calls()).to.have.length(3);
    });

    it('have no outcome before they are members, so that a dead worker leaves none behind', async () => {
      let left = 1;
      const stop = new AbortController();
      const dying = { ...context(), signal: stop.signal };
      authority.answer = (call) => {
        if (left-- > 0) return atAuthority(call);
        stop.abort(new Error('killed'));
        return { status: 503, body: { statusCode: 503 } };
      };
      expect(await codeOf(recordMembers(dying, state, rows(23)))).to.include('killed');
      expect(recorded.map(([row]) => row)).to.deep.equal(rows(10).map(([row]) => row));
      authority.answer = atAuthority;
      authority.received.length = 0;
      await recordMembers(context(), state, rows(23).slice(recorded.length));
      expect(joined().flat()).to.have.length(13);
      expect(recorded).to.have.length(23);
    });

    it('become members although one of them is gone', async () => {
      const gone = 'auth0|ab0000003';
      authority.answer = (call) =>
        (call.body['members'] as string[]).includes(gone) ? NOBODY : { status: 204 };
      await recordMembers(context(), state, rows(10));
      expect(joined()).to.have.length(11);
      expect(recorded).to.have.length(10);
    });

    it('cost nothing more where the tenant is no organization', async () => {
      const outcomes = rows(23);
      const plain = new TenantUsers(authority.management(), ROLES, 'acme', () => Promise.resolve(undefined));
      await recordMembers({ ...context(), users: plain }, state, outcomes);
      expect(calls()).to.deep.equal([]);
      expect(recorded).to.deep.equal(outcomes);
    });
  });
});
