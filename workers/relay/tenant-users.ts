/**
 * Users of one tenant at the authority. Its holder cannot access another tenant's users: each method that takes a user id checks first whose
 * it is, and every returned record is checked, too (invariant 1).
 */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import { checkPowerOver, type Authority, type RoleTable } from '../../src/authorization/roles.ts';
import type { CallOf } from '../../src/relay/access.ts';
import type { UserFilters } from '../../src/relay/jobs/listUsers.ts';
import { begunAlready, onFailure } from '../failures.ts';
import type { SearchedUsers } from './search-users.ts';
import { TenantScope, WITHOUT_ORGANIZATIONS } from './users/tenant-scope.ts';
import { UserChange } from './users/user-change.ts';
import { UserCreation, type UserToCreate } from './users/user-creation.ts';
import { UserRefusals, type SharedDatabase } from './users/user-refusals.ts';
import { deleteCreated } from './users/user-removal.ts';
import { UserSearch } from './users/user-search.ts';
import { rolesOf } from './whose-user.ts';

/** The users of a tenant, for user imports. */
export type UsersOf = (
  management: Management,
  tenantId: string,
) => Pick<TenantUsers, 'createAlone' | 'findCreated' | 'addMembers' | 'sharesDatabase'>;

/** The first call of each method: a job whose first call has another bucket does not get the method. */
export type FirstCalls = {
  get: 'getUser';
  toChange: 'getUser';
  create: 'createUser';
  findCreated: 'getUser';
  findByEmail: 'findUsersByEmail';
  search: 'searchUsers';
  all: 'searchUsers';
};

export class TenantUsers {
  readonly #scope: TenantScope;
  readonly #roles: RoleTable;
  readonly #refusals: UserRefusals;
  readonly #creation: UserCreation;
  readonly #search: UserSearch;

  /**
   * @param roles the contract's: role → scopes
   * @param sharedDatabase called when the authority refuses a user
   */
  constructor(
    management: Pick<Management, CallOf<'tenant-users'>>,
    roles: RoleTable,
    tenantId: string,
    sharedDatabase: SharedDatabase,
    organizations = WITHOUT_ORGANIZATIONS,
  ) {
    this.#scope = new TenantScope(management, tenantId, organizations);
    this.#roles = roles;
    this.#refusals = new UserRefusals(this.#scope, sharedDatabase);
    this.#creation = new UserCreation(this.#scope, this.#refusals);
    this.#search = new UserSearch(this.#scope);
  }

  /** @throws Problem `not_found`, both for an unknown id and for another tenant's user */
  async get(userId: string): Promise<Auth0User> {
    return (await this.#scope.find(await this.#scope.read(), userId)).user;
  }

  /**
   * Reads a user to change or delete it, or to create a ticket for it. The caller must have every scope of its roles (invariant 9).
   * @throws Problem `not_found`, `user_beyond_scopes`
   */
  async toChange(userId: string, authority: Authority): Promise<UserChange> {
    const tenant = await this.#scope.read();
    const found = await this.#scope.find(tenant, userId);
    checkPowerOver(this.#roles, authority, rolesOf(found.user));
    return new UserChange(this.#scope, this.#refusals, tenant, found);
  }

  /**
   * Creates a user idempotently: the id was chosen before the first attempt, so that the 409 of a retry is recognized as an earlier
   * success. In an organization the user becomes a member, too, which a retry completes.
   * @throws ManagementFailure, Problem `user_exists` when another user has this email, `email_unavailable` in a shared database
   */
  async create(wanted: UserToCreate): Promise<Auth0User> {
    const user = await this.createAlone(wanted);
    await this.addMembers([user.user_id]).catch(onFailure('exists', nobody)).catch(begunAlready);
    return user;
  }

  /** Idempotent; nothing happens where the tenant is no organization. @param userIds of created users, at most `MEMBERS_PER_CALL` */
  async addMembers(userIds: readonly string[]): Promise<void> {
    const { organization } = await this.#scope.read();
    if (organization !== undefined) await this.#scope.management.addMembers(organization, userIds);
  }

  /** As `create`, for callers who make the user a member themselves (`addMembers`). */
  createAlone(wanted: UserToCreate): Promise<Auth0User> {
    return this.#creation.createAlone(wanted);
  }

  /** Finds a user by its predetermined id. @param id without Auth0's prefix */
  findCreated(id: string): Promise<Auth0User | undefined> {
    return this.#creation.findCreated(id);
  }

  /** Undoes `create`. @param id without Auth0's prefix */
  deleteCreated(id: string): Promise<void> {
    return deleteCreated(this.#scope, id);
  }

  /** Whether the tenant's users are in a database connection with those of other tenants. */
  async sharesDatabase(): Promise<boolean> {
    return (await this.#refusals.sharedDatabase()) !== undefined;
  }

  /** Whatever the spelling: emails are compared without regard to case. */
  findByEmail(email: string): Promise<Auth0User[]> {
    return this.#search.findByEmail(email);
  }

  /**
   * Ordered by creation date, oldest first.
   * @param from earliest creation date, ISO 8601
   * @param atLeast number of users for which further pages are read; more than one only where many were created in the same millisecond
   */
  search(filters: UserFilters, from: string | undefined, atLeast: number): Promise<SearchedUsers> {
    return this.#search.search(filters, from, atLeast);
  }

  /** All home users of the tenant, however many; not the guests of an organization. Their records are whole. */
  all(): AsyncGenerator<Auth0User> {
    return this.#search.all();
  }

  /** As `search`, of these. */
  searchHome(from: string | undefined, atLeast: number): Promise<SearchedUsers> {
    return this.#search.searchHome(from, atLeast);
  }
}

const nobody = () => undefined;
