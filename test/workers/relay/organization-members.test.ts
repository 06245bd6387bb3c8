/** Members whom a change-over adds, while some of them leave the tenant: both at the same account, one amid the other's calls. */
import { expect } from 'chai';
import type { Auth0User } from '../../../src/auth0/management-users.ts';
import { redisNow } from '../../../src/redis/clock.ts';
import { addAllMembers } from '../../../workers/relay/organization-members.ts';
import { TenantUsers } from '../../../workers/relay/tenant-users.ts';

const ORG = 'org_new';
const ADMIN = { kind: 'user', scopes: [] } as const;
const created_at = '2031-01-01T00:00:00.000Z';
const change_over = { organization: 'new', organization_id: ORG, made_by: 'j', since: created_at } as const;
/** Also a guest elsewhere, so that the account stays. */
const LEAVING = 'auth0|2';

describe('members that a change-over adds', () => {
  let records: Map<string, Auth0User>;
  let members: Set<string>;
  let left: Map<string, number>;
  /** What the search finds: it lags behind. */
  let indexed: Auth0User[];
  /** Before each call that is made, by whom. */
  let before: (call: string) => Promise<void>;
  let made: string[];

  const accountOf = (who: string) => {
    const call =
      <A extends unknown[], T>(name: string, answer: (...args: A) => T) =>
      async (...args: A): Promise<T> => {
        made.push(`${who} ${name}`);
        await before(`${who} ${name}`);
        return answer(...args);
      };
    return {
      searchUsers: call('search', () => ({ users: indexed, total: indexed.length })),
      getUser: call('get', (id: string) => records.get(id)!),
      organizationsOf: call('organizations', (id: string) => ['org_2', ...(members.has(id) ? [ORG] : [])]),
      addMembers: call('add', (_: string, ids: string[]) => ids.forEach((id) => members.add(id))),
      removeMember: call('remove', (_: string, id: string) => void members.delete(id)),
      updateUser: call('update', (id: string, changes: { app_metadata: object }) => {
        const user = { ...records.get(id)!, app_metadata: changes.app_metadata as Auth0User['app_metadata'] };
        records.set(id, user);
        return user;
      }),
    } as never;
  };
  const usersOf = (management: never) =>
    new TenantUsers(management, new Map(), 'acme', () => Promise.resolve(undefined), {
      readTenant: () => Promise.resolve({ change_over }),
      exist: () => Promise.resolve(true),
      willLeave: (organization, userId) =>
        Promise.resolve(void left.set(`${organization} ${userId}`, redisNow())),
      leavingSince: (organization, userId) => Promise.resolve(left.get(`${organization} ${userId}`)),
      endConsents: () => Promise.resolve(false),
    });
  const add = () =>
    addAllMembers(
      {
        bulk: accountOf('adds'),
        usersOf,
        marksToRemove: { since: (entry: string) => Promise.resolve(left.get(entry)) },
      } as never,
      { tenantId: 'acme', organization: ORG, from: undefined },
      () => Promise.resolve(),
    );
  const leave = async () => (await usersOf(accountOf('leaves')).toChange(LEAVING, ADMIN)).delete();

  beforeEach(() => {
    indexed = ['1', '2', '3'].map((id) => ({
      user_id: `auth0|${id}`,
      created_at,
      app_metadata: { tenant_id: 'acme', roles: [] },
    }));
    records = new Map(indexed.map((user) => [user.user_id, user]));
    members = new Set();
    left = new Map();
    made = [];
    before = () => Promise.resolve();
  });

  /** The second begins before this call of the first one, and ends first. */
  const amid = (place: string, second: () => Promise<unknown>) => {
    before = (call) => {
      if (call !== place) return Promise.resolve();
      before = () => Promise.resolve();
      return second().then(() => undefined);
    };
  };

  for (const place of ['adds search', 'adds add', 'never'])
    it(`are none of who left: ${place === 'never' ? 'before' : `before it ${place}`}`, async () => {
      if (place === 'never') await leave();
      else amid(place, leave);
      await add();
      expect([...members]).to.deep.equal(['auth0|1', 'auth0|3']);
      expect(made).to.include.members(['adds get', 'adds remove']);
    });

  for (const place of ['get', 'organizations', 'remove', 'update'])
    it(`are none of who leaves: it is done before the person ${place}`, async () => {
      amid(`leaves ${place}`, add);
      await leave();
      expect([...members]).to.deep.equal(['auth0|1', 'auth0|3']);
    });

  it('are who did not leave after all, as the record says', async () => {
    left.set(`${ORG} ${LEAVING}`, redisNow());
    await add();
    expect(members.size).to.equal(3);
  });

  it('cost no call more where nobody left', async () => {
    await add();
    expect(made).to.deep.equal(['adds search', 'adds add']);
  });
});
