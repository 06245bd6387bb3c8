/**
 * The users of one tenant, at the authority. Whoever is given this cannot name another tenant's user: each method that takes a user's id
 * looks first whose it is, and no record leaves that has not been looked at (invariant 1).
 */
import type { Auth0User, Auth0UserChanges } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import { DEFAULT_ROLE } from '../../src/authorization/assignable-roles.ts';
import { checkPowerOver, type Authority, type RoleTable } from '../../src/authorization/roles.ts';
import type { CallOf } from '../../src/relay/access.ts';
import { Problem } from '../../src/problem.ts';
import type { NewUserRecord } from '../../src/relay/user-record.ts';
import type { UserFilters } from '../../src/relay/jobs/listUsers.ts';
import { isFailure, onFailure } from '../failures.ts';
import { emailSearchText, searchText } from './search-text.ts';
import { everyUser, PER_PAGE, SEARCH_LIMIT, searchUsers, type SearchedUsers } from './search-users.ts';
import { ownUser, rolesOf } from './to-user-record.ts';
import { unknowablePassword } from './unknowable-password.ts';

export interface UserToCreate {
  connection: string;
  /** Without the connection's prefix: Auth0 adds `auth0|` itself. */
  id: string;
  user: NewUserRecord;
  /** Have Auth0 send a mail when the email is not verified. */
  sendsMail?: boolean;
}

/** A user that was looked at, and may be changed by whoever asked. */
export interface UserToChange {
  user: Auth0User;
  /** @throws Problem `user_exists`, `not_found` */
  update: (changes: Auth0UserChanges) => Promise<Auth0User>;
  delete: () => Promise<void>;
  /** @returns the address with which a new password is set. @throws Problem `not_found` */
  createPasswordTicket: (lifetimeSeconds: number) => Promise<string>;
  /** @throws Problem `not_found` */
  sendVerificationEmail: () => Promise<void>;
}

export type FoundUsers = Pick<SearchedUsers, 'users' | 'total'>;

/** Auth0's prefix for users of database connections. */
const PREFIX = 'auth0|';
export const DEFAULT_ROLES = [DEFAULT_ROLE];

/** For user imports, whose rows become users one by one. */
export type UsersOf = (
  management: Management,
  tenantId: string,
) => Pick<TenantUsers, 'create' | 'findCreated'>;

/** The call that each method begins with: a job that declares another bucket for its first call does not get the method. */
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
  readonly #management: Pick<Management, CallOf<'tenant-users'>>;
  readonly #roles: RoleTable;
  readonly #tenantId: string;

  /** @param roles the contract's: role → scopes */
  constructor(management: Pick<Management, CallOf<'tenant-users'>>, roles: RoleTable, tenantId: string) {
    this.#management = management;
    this.#roles = roles;
    this.#tenantId = tenantId;
  }

  /** @throws Problem `not_found`: a foreign id is answered as one that nobody has */
  async get(userId: string): Promise<Auth0User> {
    const user = this.#own(await this.#management.getUser(userId).catch(absentIfUnknown));
    if (!user) throw new Problem('not_found');
    return user;
  }

  /**
   * Before a user is changed or deleted, or a ticket is made for one: whoever asks holds every scope of its roles (invariant 9).
   * @throws Problem `not_found`, `user_beyond_scopes`
   */
  async toChange(userId: string, authority: Authority): Promise<UserToChange> {
    const user = await this.get(userId);
    checkPowerOver(this.#roles, authority, rolesOf(user));
    const management = this.#management;
    return {
      user,
      update: async (changes) =>
        this.#made(await management.updateUser(userId, changes).catch(goneMeanwhile).catch(emailTaken)),
      delete: () => management.deleteUser(userId),
      createPasswordTicket: (lifetimeSeconds) =>
        management.createPasswordTicket(userId, lifetimeSeconds).catch(goneMeanwhile),
      sendVerificationEmail: () => management.sendVerificationEmail(userId).catch(goneMeanwhile),
    };
  }

  /**
   * Creates a user so that it can be repeated: the id was chosen before the first try, and a 409 that it causes is known as our own
   * earlier success.
   * @returns the user, or `exists` when another one has this email. @throws ManagementFailure
   */
  async create({ connection, id, user, sendsMail = false }: UserToCreate): Promise<Auth0User | 'exists'> {
    const {
      roles = DEFAULT_ROLES,
      password = unknowablePassword(),
      email_verified = false,
      ...profile
    } = user;
    try {
      return this.#made(
        await this.#management.createUser({
          ...profile,
          connection,
          user_id: id,
          password,
          email_verified,
          // No mail goes out unless somebody asks for one: Auth0 would send one by itself.
          verify_email: sendsMail && !email_verified,
          app_metadata: { tenant_id: this.#tenantId, roles },
        }),
      );
    } catch (error) {
      if (!isFailure(error, 'exists', 'unknown_outcome')) throw error;
      const found = await this.findCreated(id);
      if (found) return found;
      if (error.kind === 'exists') return 'exists';
      // It was not done, as far as can be seen: a later try repeats it, and its id tells if it was after all.
      throw error;
    }
  }

  /** By the id that was chosen for it, without Auth0's prefix. */
  async findCreated(id: string): Promise<Auth0User | undefined> {
    const nobody = onFailure('not_found', () => undefined);
    return this.#own(await this.#management.getUser(PREFIX + id).catch(nobody));
  }

  /**
   * Auth0 compares the case in its look-up, and keeps most addresses in lower case, but not those of every connection and import. Its
   * search does not compare it, but sees a user a while later; so it is asked last.
   */
  async findByEmail(email: string): Promise<Auth0User[]> {
    for (const spelling of new Set([email, email.toLowerCase()])) {
      const found = this.#owned(await this.#management.findUsersByEmail(spelling).catch(nobodyIfInvalid));
      if (found.length > 0) return found;
    }
    const { users } = await this.#search(emailSearchText(this.#tenantId, email), PER_PAGE);
    return users.filter((user) => user.email?.toLowerCase() === email.toLowerCase());
  }

  /**
   * By creation date, oldest first.
   * @param from creation date to begin with, ISO 8601
   * @param atLeast as many answers are asked for as it takes; more than one only where very many users were created in one millisecond
   */
  search(filters: UserFilters, from: string | undefined, atLeast: number): Promise<FoundUsers> {
    return this.#search(searchText(this.#tenantId, filters, from), atLeast);
  }

  /** All of them, however many. */
  all(): AsyncGenerator<Auth0User> {
    return everyUser((from) => this.#search(searchText(this.#tenantId, {}, from), SEARCH_LIMIT));
  }

  async #search(query: string, atLeast: number): Promise<SearchedUsers> {
    const found = await searchUsers(this.#management, query, atLeast).catch(nameFilters);
    return { ...found, users: this.#owned(found.users) };
  }

  /** What was found is looked at again: whatever a search did, nobody sees another tenant's user. */
  #owned = (users: readonly Auth0User[]): Auth0User[] =>
    users.filter((user) => this.#own(user) !== undefined);

  #own(user: Auth0User | undefined): Auth0User | undefined {
    return ownUser(this.#tenantId, user);
  }

  /** Of a write that the authority says it has made: with another tenant's record in the answer, nobody knows what was written. */
  #made(user: Auth0User): Auth0User {
    const own = this.#own(user);
    if (!own)
      throw new Problem('outcome_unknown', { internal: "the authority answered with another tenant's user" });
    return own;
  }
}

/** Auth0 answers 400 for ids of a shape that it does not know: nobody has such an id. */
const absentIfUnknown = onFailure(['not_found', 'invalid'], () => undefined);

/** Of a call on a user that was there a moment ago. */
const goneMeanwhile = onFailure('not_found', (): never => {
  throw new Problem('not_found');
});

const emailTaken = onFailure('exists', (cause): never => {
  throw new Problem('user_exists', { cause });
});

/** An address that the authority does not take for one is nobody's. */
const nobodyIfInvalid = onFailure('invalid', (): Auth0User[] => []);

/** What varies in a search are its filters. */
const nameFilters = onFailure('invalid', (cause): never => {
  throw new Problem('invalid_parameter', {
    detail: 'The authority does not search for one of these values.',
    cause,
  });
});
