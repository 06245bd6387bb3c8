/** All users of a tenant, however many: Auth0 serves 1,000 of one search, so each thousand is a search of its own, from a date on. */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import { searchText } from './search-text.ts';
import { ownUser } from './to-user-record.ts';

const PER_PAGE = 100;
const PAGES_PER_SEARCH = 10;

/** Users that come or go meanwhile disturb nothing: each is given once, and each page is read before anything is done with it. */
export async function* usersOf(management: Management, tenantId: string): AsyncGenerator<Auth0User> {
  const seen = new Set<string>();
  for (let from: string | undefined; ;) {
    const found = await searchFrom(management, tenantId, from);
    const fresh = found.filter(({ user_id }) => !seen.has(user_id));
    for (const user of fresh) {
      seen.add(user.user_id);
      // Looked at again, whatever the search did (invariant 1).
      if (ownUser(tenantId, user)) yield user;
    }
    if (fresh.length === 0 || found.length < PER_PAGE * PAGES_PER_SEARCH) return;
    from = found.at(-1)!.created_at;
  }
}

async function searchFrom(
  management: Management,
  tenantId: string,
  from: string | undefined,
): Promise<Auth0User[]> {
  const found: Auth0User[] = [];
  for (let page = 0; page < PAGES_PER_SEARCH; page += 1) {
    const options = { page, perPage: PER_PAGE, sort: 'created_at:1' };
    const { users } = await management.searchUsers(searchText(tenantId, {}, from), options);
    found.push(...users);
    if (users.length < PER_PAGE) break;
  }
  return found;
}
