import type { Auth0User } from '../../src/auth0/management.ts';
import type { ListPosition, ListUsersInput, ListUsersOutcome } from '../../src/relay/jobs/listUsers.ts';
import type { Performer } from './performer.ts';
import { ownUser, toUserRecord } from './to-user-record.ts';

/** Auth0 gives 100 at most, and no more than 1,000 of one search: so each page is a search of its own, from a creation date on. */
const MAX_PER_PAGE = 100;

export const listUsers: Performer<ListUsersInput, ListUsersOutcome> = async ({ management }, input) => {
  const { tenantId } = input;
  const own = (users: Auth0User[]) => users.filter((user) => ownUser(tenantId, user) !== undefined);
  if ('email' in input) {
    return { users: own(await management.findUsersByEmail(input.email)).map(toUserRecord) };
  }
  const { limit, after } = input;
  // One more than asked for tells whether there is a next page; those given already stand in front.
  const perPage = Math.min(limit + 1 + (after?.given ?? 0), MAX_PER_PAGE);
  const found = await management.searchUsers(searchText(tenantId, after), { perPage, sort: 'created_at:1' });
  const fresh = own(found).slice(countGiven(found, after));
  const users = fresh.slice(0, limit);
  const more = fresh.length > limit || found.length === MAX_PER_PAGE;
  return {
    users: users.map(toUserRecord),
    ...(more && users.length > 0 ? { next: position(users, after) } : {}),
  };
};

/** Made here, from an id that is ours and a date that was checked: no caller's text becomes Lucene (invariant 1). */
function searchText(tenantId: string, after: ListPosition | undefined): string {
  const tenant = `app_metadata.tenant_id:"${tenantId.replaceAll(/["\\]/g, '\\$&')}"`;
  return after ? `${tenant} AND created_at:[${after.createdAt} TO *]` : tenant;
}

/** How many of the users in front were on an earlier page: never more than stand at the position's date. */
function countGiven(found: Auth0User[], after: ListPosition | undefined): number {
  if (!after) return 0;
  const atDate = found.findIndex((user) => user.created_at !== after.createdAt);
  return Math.min(after.given, atDate === -1 ? found.length : atDate);
}

function position(users: Auth0User[], after: ListPosition | undefined): ListPosition {
  const createdAt = users.at(-1)!.created_at!;
  const here = users.filter((user) => user.created_at === createdAt).length;
  return { createdAt, given: here + (after?.createdAt === createdAt ? after.given : 0) };
}
