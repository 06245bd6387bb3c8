/**
 * Users of one tenant at the authority. Its holder cannot access another tenant's users: each method that takes a user id checks first whose
 * it is, and every returned record is checked, too (invariant 1).
 */
import type { Auth0User, Auth0UserChanges } from '../../src/auth0/management-users.ts';
import type { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Management } from '../../src/auth0/management.ts';
import { DEFAULT_ROLE } from '../../src/authorization/assignable-roles.ts';
import { checkPowerOver, type Authority, type RoleTable } from '../../src/authorization/roles.ts';
import { EMAIL_UNAVAILABLE } from '../../src/imports/row-outcome.ts';
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
  /** Have Auth0 send a verification mail if the email is not verified. */
  sendsMail?: boolean;
  /** The caller is the operator, who may learn that another tenant's user has the email. */
  forOperator?: boolean;
}

/** A user that was read, and that the caller may change. */
export interface UserToChange {
  user: Auth0User;
  /** @throws Problem `user_exists`, `email_unavailable`, `not_found` */
  update: (changes: Auth0UserChanges) => Promise<Auth0User>;
  delete: () => Promise<void>;
  /** @returns the URL for setting a new password. @throws Problem `not_found` */
  createPasswordTicket: (lifetimeSeconds: number) => Promise<string>;
  /** @throws Problem `not_found` */
  sendVerificationEmail: () => Promise<void>;
}

export type FoundUsers = Pick<SearchedUsers, 'users' | 'total'>;

/** Auth0's prefix for users of database connections. */
const PREFIX = 'auth0|';
export const DEFAULT_ROLES = [DEFAULT_ROLE];

/** The users of a tenant, for user imports that create them row by row. */
export type UsersOf = (
  management: Management,
  tenantId: string,
) => Pick<TenantUsers, 'create' | 'findCreated' | 'sharesDatabase'>;

/** @returns name of the database connection that the tenant shares with others; undefined when it has its own */
type SharedDatabase = (tenantId: string) => Promise<string | undefined>;

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
  readonly #management: Pick<Management, CallOf<'tenant-users'>>;
  readonly #roles: RoleTable;
  readonly #tenantId: string;
  readonly #sharedDatabase: SharedDatabase;

  /**
   * @param roles the contract's: role → scopes
   * @param sharedDatabase called when the authority refuses a user
   */
  constructor(
    management: Pick<Management, CallOf<'tenant-users'>>,
    roles: RoleTable,
    tenantId: string,
    sharedDatabase: SharedDatabase,
  ) {
    this.#management = management;
    this.#roles = roles;
    this.#tenantId = tenantId;
    this.#sharedDatabase = sharedDatabase;
  }

  /** @throws Problem `not_found`, both for an unknown id and for another tenant's user */
  async get(userId: string): Promise<Auth0User> {
    const user = this.#own(await this.#management.getUser(userId).catch(absentIfUnknown));
    if (!user) throw new Problem('not_found');
    return user;
  }

  /**
   * Reads a user to change or delete it, or to create a ticket for it. The caller must have every scope of its roles (invariant 9).
   * @throws Problem `not_found`, `user_beyond_scopes`
   */
  async toChange(userId: string, authority: Authority): Promise<UserToChange> {
    const user = await this.get(userId);
    checkPowerOver(this.#roles, authority, rolesOf(user));
    const management = this.#management;
    return {
      user,
      update: async (changes) =>
        this.#checked(
          await management
            .updateUser(userId, changes)
            .catch(goneMeanwhile)
            .catch((error: unknown) => this.#changeRefused(error, changes.email)),
        ),
      delete: () => management.deleteUser(userId),
      createPasswordTicket: (lifetimeSeconds) =>
        management.createPasswordTicket(userId, lifetimeSeconds).catch(goneMeanwhile),
      sendVerificationEmail: () => management.sendVerificationEmail(userId).catch(goneMeanwhile),
    };
  }

  /**
   * Creates a user idempotently: the id was chosen before the first attempt, so that the 409 of a retry is recognized as an earlier
   * success.
   * @throws ManagementFailure, Problem `user_exists` when another user has this email, `email_unavailable` in a shared database
   */
  async create(wanted: UserToCreate): Promise<Auth0User> {
    const { connection, id, user, sendsMail = false } = wanted;
    const {
      roles = DEFAULT_ROLES,
      password = unknowablePassword(),
      email_verified = false,
      ...profile
    } = user;
    try {
      return this.#checked(
        await this.#management.createUser({
          ...profile,
          connection,
          user_id: id,
          password,
          email_verified,
          // Auth0's default is to send a mail.
          verify_email: sendsMail && !email_verified,
          app_metadata: { tenant_id: this.#tenantId, roles },
        }),
      );
    } catch (error) {
      return this.#afterFailure(error, wanted);
    }
  }

  /** @returns the user that an earlier attempt created. @throws the reason why there is none */
  async #afterFailure(error: unknown, { id, user, forOperator = false }: UserToCreate): Promise<Auth0User> {
    const refusal = isFailure(error, ...ABOUT_VALUES) ? error : undefined;
    const database = refusal && !forOperator ? await this.#sharedDatabase(this.#tenantId) : undefined;
    if (refusal && database !== undefined) {
      // Both look-ups after every refusal: their number must not reveal its reason.
      const lookups = [this.findCreated(id), this.#holderOf(user.email, database)] as const;
      const [found, holder] = await Promise.all(lookups);
      if (found) return found;
      // Auth0 reports a refused email rather than a weak password, so a taken email must hide a weak password, too.
      throw refusal.kind === 'weak_password' && !holder ? refusal : emailUnavailable(refusal, holder);
    }
    if (!isFailure(error, 'exists', 'unknown_outcome')) throw error;
    const found = await this.findCreated(id);
    if (found) return found;
    // After an unknown outcome without a user, the call is retried, and the id shows whether the earlier one took effect after all.
    throw error.kind === 'exists' ? userExists(error) : error;
  }

  async #changeRefused(error: unknown, email: string | null | undefined): Promise<never> {
    const refusal = isFailure(error, ...ABOUT_VALUES) ? error : undefined;
    const database = refusal && email ? await this.#sharedDatabase(this.#tenantId) : undefined;
    if (refusal && email && database !== undefined)
      throw emailUnavailable(refusal, await this.#holderOf(email, database));
    throw isFailure(error, 'exists') ? userExists(error) : error;
  }

  /** Whether the tenant's users are in a database connection with those of other tenants. */
  async sharesDatabase(): Promise<boolean> {
    return (await this.#sharedDatabase(this.#tenantId)) !== undefined;
  }

  /** Whose user has this email in a database connection. Only for the operator's log: no tenant may learn it. */
  async #holderOf(email: string, connection: string): Promise<'own' | 'foreign' | undefined> {
    // Auth0 stores emails of database connections in lower case.
    const found = await this.#management.findUsersByEmail(email.toLowerCase()).catch(nobodyIfInvalid);
    const holder = found.find(({ identities }) =>
      identities?.some((identity) => identity.connection === connection),
    );
    return holder && (this.#own(holder) ? 'own' : 'foreign');
  }

  /** Finds a user by its predetermined id. @param id without Auth0's prefix */
  async findCreated(id: string): Promise<Auth0User | undefined> {
    const nobody = onFailure('not_found', () => undefined);
    return this.#own(await this.#management.getUser(PREFIX + id).catch(nobody));
  }

  /**
   * Auth0's look-up is case-sensitive, and it stores most emails in lower case, but not those of every connection and import. Its search is
   * case-insensitive, but eventually consistent, so it is used last.
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
   * Ordered by creation date, oldest first.
   * @param from earliest creation date, ISO 8601
   * @param atLeast number of users for which further pages are read; more than one only where many were created in the same millisecond
   */
  search(filters: UserFilters, from: string | undefined, atLeast: number): Promise<FoundUsers> {
    return this.#search(searchText(this.#tenantId, filters, from), atLeast);
  }

  /** All users of the tenant, however many. */
  all(): AsyncGenerator<Auth0User> {
    return everyUser((from) => this.#search(searchText(this.#tenantId, {}, from), SEARCH_LIMIT));
  }

  async #search(query: string, atLeast: number): Promise<SearchedUsers> {
    const found = await searchUsers(this.#management, query, atLeast).catch(nameFilters);
    return { ...found, users: this.#owned(found.users) };
  }

  /** Filters the results of a search again, so that it never returns another tenant's user. */
  #owned = (users: readonly Auth0User[]): Auth0User[] =>
    users.filter((user) => this.#own(user) !== undefined);

  #own(user: Auth0User | undefined): Auth0User | undefined {
    return ownUser(this.#tenantId, user);
  }

  /** Checks the answer to a write: with another tenant's user in it, the outcome is unknown. */
  #checked(user: Auth0User): Auth0User {
    const own = this.#own(user);
    if (!own)
      throw new Problem('outcome_unknown', { internal: "the authority answered with another tenant's user" });
    return own;
  }
}

/** Auth0 answers 400 for an id of an unknown format; no user has such an id. */
const absentIfUnknown = onFailure(['not_found', 'invalid'], () => undefined);

/** For a call on a user that was read before. */
const goneMeanwhile = onFailure('not_found', (): never => {
  throw new Problem('not_found');
});

/** Kinds of refusals because of a user's email or other values. */
const ABOUT_VALUES = ['exists', 'invalid', 'weak_password'] as const;

const userExists = (cause: ManagementFailure) => new Problem('user_exists', { cause });

/** One problem for every unavailable email; the reason is only in the worker's log. */
const emailUnavailable = (cause: ManagementFailure, holder: 'own' | 'foreign' | undefined) =>
  new Problem('email_unavailable', { detail: EMAIL_UNAVAILABLE, internal: reasonOf(cause, holder), cause });

function reasonOf({ kind }: ManagementFailure, holder: 'own' | 'foreign' | undefined): string {
  if (holder === 'own') return 'a user of the tenant has this email';
  if (holder === 'foreign') return 'a user of another tenant has this email';
  return kind === 'exists'
    ? 'a user has this email, but a look-up does not find it'
    : 'the authority refuses a value';
}

/** No user has an email that the authority considers invalid. */
const nobodyIfInvalid = onFailure('invalid', (): Auth0User[] => []);

/** Only the filters of a search come from the caller, so they caused the refusal. */
const nameFilters = onFailure('invalid', (cause): never => {
  throw new Problem('invalid_parameter', {
    detail: 'The authority does not accept one of these values in a search.',
    cause,
  });
});
