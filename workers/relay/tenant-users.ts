/**
 * The users of one tenant, at the authority. Whoever is given this cannot name another tenant's user: each method that takes a user's id
 * looks first whose it is, and no record leaves that has not been looked at (invariant 1).
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
  /** Have Auth0 send a mail when the email is not verified. */
  sendsMail?: boolean;
  /** The operator may know that another tenant's user has the email; a tenant may not. */
  forOperator?: boolean;
}

/** A user that was looked at, and may be changed by whoever asked. */
export interface UserToChange {
  user: Auth0User;
  /** @throws Problem `user_exists`, `email_unavailable`, `not_found` */
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
) => Pick<TenantUsers, 'create' | 'findCreated' | 'sharesDatabase'>;

/** @returns name of the database connection that the tenant shares with others; undefined when it has its own */
type SharedDatabase = (tenantId: string) => Promise<string | undefined>;

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
  readonly #sharedDatabase: SharedDatabase;

  /**
   * @param roles the contract's: role → scopes
   * @param sharedDatabase asked when the authority refuses a user
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
        this.#made(
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
   * Creates a user so that it can be repeated: the id was chosen before the first try, and a 409 that it causes is known as our own
   * earlier success.
   * @throws ManagementFailure, Problem `user_exists` when another one has this email, `email_unavailable` in a shared database
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
      return this.#afterFailure(error, wanted);
    }
  }

  /** @returns the user that an earlier try created. @throws why there is none */
  async #afterFailure(error: unknown, { id, user, forOperator = false }: UserToCreate): Promise<Auth0User> {
    const refusal = isFailure(error, ...ABOUT_VALUES) ? error : undefined;
    const database = refusal && !forOperator ? await this.#sharedDatabase(this.#tenantId) : undefined;
    if (refusal && database !== undefined) {
      // Both look-ups after every refusal: their number must not tell which one it was.
      const looks = [this.findCreated(id), this.#holderOf(user.email, database)] as const;
      const [found, holder] = await Promise.all(looks);
      if (found) return found;
      // A refused email hides a weak password. So an email that is taken must hide it, too.
      throw refusal.kind === 'weak_password' && !holder ? refusal : emailUnavailable(refusal, holder);
    }
    if (!isFailure(error, 'exists', 'unknown_outcome')) throw error;
    const found = await this.findCreated(id);
    if (found) return found;
    // An unknown outcome was not done, as far as can be seen: a later try repeats it, and its id tells if it was after all.
    throw error.kind === 'exists' ? userExists(error) : error;
  }

  async #changeRefused(error: unknown, email: string | null | undefined): Promise<never> {
    const refusal = isFailure(error, ...ABOUT_VALUES) ? error : undefined;
    const database = refusal && email ? await this.#sharedDatabase(this.#tenantId) : undefined;
    if (refusal && email && database !== undefined)
      throw emailUnavailable(refusal, await this.#holderOf(email, database));
    throw isFailure(error, 'exists') ? userExists(error) : error;
  }

  /** Whether the tenant's users live in a database connection with those of other tenants. */
  async sharesDatabase(): Promise<boolean> {
    return (await this.#sharedDatabase(this.#tenantId)) !== undefined;
  }

  /** Whose user has this email in a database connection. For the operator's log: no tenant may be told. */
  async #holderOf(email: string, connection: string): Promise<'own' | 'foreign' | undefined> {
    // Auth0 keeps the emails of its databases in lower case.
    const found = await this.#management.findUsersByEmail(email.toLowerCase()).catch(nobodyIfInvalid);
    const holder = found.find(({ identities }) =>
      identities?.some((identity) => identity.connection === connection),
    );
    return holder && (this.#own(holder) ? 'own' : 'foreign');
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

/** How the authority refuses a user for its email or its other values. */
const ABOUT_VALUES = ['exists', 'invalid', 'weak_password'] as const;

const userExists = (cause: ManagementFailure) => new Problem('user_exists', { cause });

/** One answer for every address that cannot be used; which of them it is stands in the worker's log only. */
const emailUnavailable = (cause: ManagementFailure, holder: 'own' | 'foreign' | undefined) =>
  new Problem('email_unavailable', { detail: EMAIL_UNAVAILABLE, internal: reasonOf(cause, holder), cause });

function reasonOf({ kind }: ManagementFailure, holder: 'own' | 'foreign' | undefined): string {
  if (holder === 'own') return 'a user of the tenant has this email';
  if (holder === 'foreign') return 'a user of another tenant has this email';
  return kind === 'exists'
    ? 'a user has this email whom a look-up does not find'
    : 'the authority refuses a value';
}

/** An address that the authority does not take for one is nobody's. */
const nobodyIfInvalid = onFailure('invalid', (): Auth0User[] => []);

/** What varies in a search are its filters. */
const nameFilters = onFailure('invalid', (cause): never => {
  throw new Problem('invalid_parameter', {
    detail: 'The authority does not search for one of these values.',
    cause,
  });
});
