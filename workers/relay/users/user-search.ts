/** Finds users of one tenant. Every result is checked again, so that a search never returns another tenant's user. */
import type { Auth0User } from '../../../src/auth0/management-users.ts';
import { Problem } from '../../../src/problem.ts';
import type { UserFilters } from '../../../src/relay/jobs/listUsers.ts';
import { onFailure } from '../../failures.ts';
import { emailSearchText, ofSignIns, searchText } from '../search-text.ts';
import { everyUser, PER_PAGE, SEARCH_LIMIT, searchUsers, type SearchedUsers } from '../search-users.ts';
import { asSeenBy, rolesOf, type TenantOfUsers } from '../whose-user.ts';
import type { TenantScope } from './tenant-scope.ts';

export class UserSearch {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /**
   * Auth0's look-up is case-sensitive, and it stores most emails in lower case, but not those of every connection and import. Its search is
   * case-insensitive, but eventually consistent, so it is used last.
   */
  async findByEmail(email: string): Promise<Auth0User[]> {
    const tenant = await this.#scope.read();
    for (const spelling of new Set([email, email.toLowerCase()])) {
      // By their records only: a look-up of memberships would tell a stranger's address from a free one.
      const found = await this.#scope.management.findUsersByEmail(spelling).catch(nobodyIfInvalid);
      const own = found.flatMap((user) => asSeenBy(tenant, user) ?? []);
      if (own.length > 0) return own;
    }
    const { users } = await this.#search(tenant, emailSearchText(tenant, email), PER_PAGE);
    return users.filter((user) => user.email?.toLowerCase() === email.toLowerCase());
  }

  /**
   * Ordered by creation date, oldest first.
   * @param from earliest creation date, ISO 8601
   * @param atLeast number of users for which further pages are read; more than one only where many were created in the same millisecond
   */
  async search(filters: UserFilters, from: string | undefined, atLeast: number): Promise<SearchedUsers> {
    const tenant = await this.#scope.read();
    return this.#search(tenant, searchText(tenant, filters, from), atLeast, filters);
  }

  /** All home users of the tenant, however many; not the guests of an organization. Their records are whole. */
  all(): AsyncGenerator<Auth0User> {
    return everyUser((from) => this.searchHome(from, SEARCH_LIMIT));
  }

  /** As `search`, of these. */
  searchHome(from: string | undefined, atLeast: number): Promise<SearchedUsers> {
    const tenant = { id: this.#scope.tenantId };
    return this.#search(tenant, searchText(tenant, {}, from), atLeast);
  }

  async #search(
    tenant: TenantOfUsers,
    query: string,
    atLeast: number,
    filters: UserFilters = {},
  ): Promise<SearchedUsers> {
    const inOrganization = tenant.organization !== undefined;
    const keep = (page: Auth0User[]) => {
      // By their records only: a listing has many, and a guest gets the mark at the first sign-in.
      const users = page.flatMap((user) => asSeenBy(tenant, user) ?? []);
      // The search of an organization may find more than it should (`search-text.ts`).
      return inOrganization ? users.filter(isFound(filters)) : users;
    };
    return searchUsers(this.#scope.management, query, { atLeast, keep, dropsMany: inOrganization }).catch(
      nameFilters,
    );
  }
}

/** By what is shown of the user here: roles in the tenant, and no sign-ins of guests. */
const isFound =
  (filters: UserFilters) =>
  (user: Auth0User): boolean =>
    (filters.role === undefined || rolesOf(user).includes(filters.role)) &&
    (!ofSignIns(filters) || user.last_login !== undefined);

/** No user has an email that the authority considers invalid. */
export const nobodyIfInvalid = onFailure('invalid', (): Auth0User[] => []);

/** Only the filters of a search come from the caller, so they caused the refusal. */
const nameFilters = onFailure('invalid', (cause): never => {
  throw new Problem('invalid_parameter', {
    detail: 'The authority does not accept one of these values in a search.',
    cause,
  });
});
