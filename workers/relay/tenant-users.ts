/**
 * Users of one tenant at the authority. Its holder cannot access another tenant's users: each method that takes a user id checks first whose
 * it is, and every returned record is checked, too (invariant 1).
 */
import type { Auth0User, Auth0UserChanges } from '../../src/auth0/management-users.ts';
import type { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Management } from '../../src/auth0/management.ts';
import { DEFAULT_ROLE } from '../../src/authorization/assignable-roles.ts';
import { checkPowerOver, type Authority, type RoleTable } from '../../src/authorization/roles.ts';
import { EMAIL_UNAVAILABLE, fullUserId } from '../../src/imports/row-outcome.ts';
import type { CallOf } from '../../src/relay/access.ts';
import { Problem } from '../../src/problem.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { leftOrganizations, type SignInOrganization } from '../../src/registry/sign-in-organizations.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { NewUserRecord } from '../../src/relay/user-record.ts';
import type { UserFilters } from '../../src/relay/jobs/listUsers.ts';
import { begunAlready, isFailure, onFailure, rethrown } from '../failures.ts';
import type { GrantCalls } from './own-consents.ts';
import { emailSearchText, ofSignIns, searchText } from './search-text.ts';
import { everyUser, PER_PAGE, SEARCH_LIMIT, searchUsers, type SearchedUsers } from './search-users.ts';
import { unknowablePassword } from './unknowable-password.ts';
import {
  asSeenBy,
  isSharedWithOthers,
  otherMarks,
  ownOrganizations,
  rolesOf,
  standingOf,
  withoutTenant,
  withRoles,
  type TenantOfUsers,
} from './whose-user.ts';

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
  /** @throws Problem `user_exists`, `email_unavailable`, `not_found`, `user_shared` */
  update: (changes: Omit<Auth0UserChanges, 'app_metadata'>) => Promise<Auth0User>;
  /**
   * @param roles all that the user has in the tenant from now on
   * @returns also of a guest with the time of the change, which orders changes
   * @throws Problem `not_found`
   */
  replaceRoles: (roles: string[]) => Promise<Auth0User>;
  /** Deletes the user, or removes a person whom others share from the tenant. @returns the person, if still a user elsewhere */
  delete: () => Promise<Auth0User | undefined>;
  /** @returns the URL for setting a new password. @throws Problem `not_found`, `user_shared` */
  createPasswordTicket: (lifetimeSeconds: number) => Promise<string>;
  /** @throws Problem `not_found`, `user_shared` */
  sendVerificationEmail: () => Promise<void>;
}

export const DEFAULT_ROLES = [DEFAULT_ROLE];

/** The users of a tenant, for user imports. */
export type UsersOf = (
  management: Management,
  tenantId: string,
) => Pick<TenantUsers, 'createAlone' | 'findCreated' | 'addMembers' | 'sharesDatabase'>;

/** @returns name of the database connection that the tenant shares with others; undefined when it has its own */
type SharedDatabase = (tenantId: string) => Promise<string | undefined>;

/** What organizations mean for users. */
export interface UserOrganizations {
  /** A tenant as it is now. */
  readTenant: (tenantId: string) => Promise<Pick<Tenant, 'organization' | 'change_over'> | undefined>;
  /** Whether people may be members of other organizations, so that memberships are read before an account is changed. */
  exist: () => Promise<boolean>;
  /** Called before a person is removed: a sign-in under way may write its mark again, which is then to be removed. */
  willLeave: (organization: string, userId: string) => Promise<void>;
  /** @returns when that was called, ms since 1970, for some minutes: longer than any change of the person lasts */
  leavingSince: (organization: string, userId: string) => Promise<number | undefined>;
  /** Deletes what the person consented to in these organizations. @returns whether there was anything */
  endConsents: (
    management: GrantCalls,
    userId: string,
    organizations: readonly SignInOrganization[],
  ) => Promise<boolean>;
}

const WITHOUT_ORGANIZATIONS: UserOrganizations = {
  readTenant: () => Promise.resolve(undefined),
  exist: () => Promise.resolve(false),
  willLeave: () => Promise.resolve(),
  leavingSince: () => Promise.resolve(undefined),
  endConsents: () => Promise.resolve(false),
};

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
  readonly #organizations: UserOrganizations;

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
    this.#management = management;
    this.#roles = roles;
    this.#tenantId = tenantId;
    this.#sharedDatabase = sharedDatabase;
    this.#organizations = organizations;
  }

  /** @throws Problem `not_found`, both for an unknown id and for another tenant's user */
  async get(userId: string): Promise<Auth0User> {
    return (await this.#find(await this.#tenant(), userId)).user;
  }

  /** @throws Problem `not_found` */
  async #find(tenant: TenantOfUsers, userId: string): Promise<FoundUser> {
    const { organization } = tenant;
    const record = await this.#management.getUser(userId).catch(absentIfUnknown);
    const isSaid = record !== undefined && standingOf(tenant, record) !== 'unknown';
    // Also for an unknown id: the number of calls must not tell it from another tenant's user.
    const isMember =
      organization !== undefined &&
      !isSaid &&
      (await this.#management.organizationsOf(userId)).includes(organization);
    const user = asSeenBy(tenant, record, isMember);
    if (!record || !user) throw new Problem('not_found');
    return { user, record };
  }

  /**
   * Reads a user to change or delete it, or to create a ticket for it. The caller must have every scope of its roles (invariant 9).
   * @throws Problem `not_found`, `user_beyond_scopes`
   */
  async toChange(userId: string, authority: Authority): Promise<UserToChange> {
    const tenant = await this.#tenant();
    const { user, record } = await this.#find(tenant, userId);
    checkPowerOver(this.#roles, authority, rolesOf(user));
    const management = this.#management;
    const ifAlone = async <T>(change: () => Promise<T>): Promise<T> => {
      if (await this.#isShared(tenant, record))
        throw new Problem('user_shared', { internal: 'others use the account, too' });
      return change().catch(goneMeanwhile);
    };
    const update = (changes: Auth0UserChanges) => management.updateUser(userId, changes);
    return {
      user,
      update: (changes) =>
        ifAlone(() =>
          update(changes).catch((error: unknown) => this.#changeRefused(error, changes.email)),
        ).then((changed) => this.#checked(tenant, changed)),
      replaceRoles: async (roles) => {
        const app_metadata = withRoles(tenant, record, roles);
        const since = await this.#leavingSince(tenant, userId, app_metadata);
        if (isJustNow(since)) throw hasLeft();
        const changed = await update({ app_metadata }).catch(goneMeanwhile);
        const seen = this.#checked(tenant, changed);
        await this.#takeBackIfLeft(tenant, userId, app_metadata).catch(begunAlready);
        return { ...seen, updated_at: changed.updated_at! };
      },
      delete: () => this.#delete(tenant, record),
      createPasswordTicket: (lifetimeSeconds) =>
        ifAlone(() => management.createPasswordTicket(userId, lifetimeSeconds)),
      sendVerificationEmail: () => ifAlone(() => management.sendVerificationEmail(userId)),
    };
  }

  /**
   * A mark written after somebody was removed would make them a guest again, with roles for tokens from before the removal.
   * @throws Problem `not_found`
   */
  async #takeBackIfLeft(tenant: TenantOfUsers, userId: string, written: Marks): Promise<void> {
    const since = await this.#leavingSince(tenant, userId, written);
    if (since === undefined || tenant.organization === undefined) return;
    const { organization } = tenant;
    // Still a member, or again.
    if (!isJustNow(since) && (await this.#management.organizationsOf(userId)).includes(organization)) return;
    await this.#management
      .updateUser(userId, { app_metadata: { [organization]: null } })
      .catch(goneMeanwhile);
    throw hasLeft();
  }

  /** @returns when the person was removed, if lately and the change is of the mark in the organization, ms since 1970 */
  async #leavingSince(
    { organization }: TenantOfUsers,
    userId: string,
    written: Marks,
  ): Promise<number | undefined> {
    if (organization === undefined || !(organization in written)) return undefined;
    return this.#organizations.leavingSince(organization, userId);
  }

  #isShared(tenant: TenantOfUsers, record: Auth0User): Promise<boolean> {
    const { readTenant, exist } = this.#organizations;
    const organizationsOf = (userId: string) => this.#management.organizationsOf(userId);
    return isSharedWithOthers(tenant, record, { readTenant, exist, organizationsOf });
  }

  async #delete(tenant: TenantOfUsers, record: Auth0User): Promise<Auth0User | undefined> {
    if (await this.#isShared(tenant, record)) return this.#remove(tenant, record);
    return this.#management.deleteUser(record.user_id).then(nobody);
  }

  /** Consents and membership first: a repeat finds the person by the record until all is done. @returns the person, unless deleted meanwhile */
  async #remove(tenant: TenantOfUsers, record: Auth0User): Promise<Auth0User | undefined> {
    const { user_id } = record;
    const consentedIn = leftOrganizations(tenant, standingOf(tenant, record) === 'home');
    const ended = await this.#organizations.endConsents(this.#management, user_id, consentedIn);
    const organizations = ownOrganizations(tenant);
    for (const organization of organizations) await this.#organizations.willLeave(organization, user_id);
    let inPart = ended ? begunAlready : rethrown;
    for (const organization of organizations) {
      await this.#management.removeMember(organization, user_id).catch(inPart);
      inPart = begunAlready;
    }
    const app_metadata = withoutTenant(tenant, record);
    if (Object.keys(app_metadata).length === 0) {
      // Removed now: the record's time is that of an earlier change.
      const { updated_at: _earlier, ...person } = record;
      return person;
    }
    const changed = await this.#management
      .updateUser(user_id, { app_metadata })
      .catch(onFailure('not_found', nobody))
      .catch(inPart);
    // A change-over adds who was a user when it searched (`organization-members.ts`).
    if (tenant.change_over)
      for (const organization of organizations)
        await this.#management.removeMember(organization, user_id).catch(begunAlready);
    return changed;
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
    const { organization } = await this.#tenant();
    if (organization !== undefined) await this.#management.addMembers(organization, userIds);
  }

  /**
   * Undoes `create`, before anybody was told of the user. Idempotent. Memberships are read only where somebody has signed in: an account that
   * nobody has used is no other organization's loss.
   * @param id without Auth0's prefix
   */
  async deleteCreated(id: string): Promise<void> {
    const tenant = await this.#tenant();
    const record = await this.#management.getUser(fullUserId(id)).catch(absentIfUnknown);
    if (!record || standingOf(tenant, record) !== 'home') return;
    const isUnused = record.last_login === undefined && otherMarks(tenant, record).length === 0;
    if (isUnused) await this.#management.deleteUser(record.user_id);
    else await this.#delete(tenant, record);
  }

  /** As `create`, for callers who make the user a member themselves (`addMembers`). */
  async createAlone(wanted: UserToCreate): Promise<Auth0User> {
    const { connection, id, user, sendsMail = false } = wanted;
    const {
      roles = DEFAULT_ROLES,
      password = unknowablePassword(),
      email_verified = false,
      ...profile
    } = user;
    try {
      return this.#checked(
        await this.#tenant(),
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
    return holder && (asSeenBy(await this.#tenant(), holder) ? 'own' : 'foreign');
  }

  /** Finds a user by its predetermined id. @param id without Auth0's prefix */
  async findCreated(id: string): Promise<Auth0User | undefined> {
    const found = await this.#management.getUser(fullUserId(id)).catch(onFailure('not_found', nobody));
    return asSeenBy(await this.#tenant(), found);
  }

  /**
   * Auth0's look-up is case-sensitive, and it stores most emails in lower case, but not those of every connection and import. Its search is
   * case-insensitive, but eventually consistent, so it is used last.
   */
  async findByEmail(email: string): Promise<Auth0User[]> {
    const tenant = await this.#tenant();
    for (const spelling of new Set([email, email.toLowerCase()])) {
      // By their records only: a look-up of memberships would tell a stranger's address from a free one.
      const found = await this.#management.findUsersByEmail(spelling).catch(nobodyIfInvalid);
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
    const tenant = await this.#tenant();
    return this.#search(tenant, searchText(tenant, filters, from), atLeast, filters);
  }

  /** All home users of the tenant, however many; not the guests of an organization. Their records are whole. */
  all(): AsyncGenerator<Auth0User> {
    return everyUser((from) => this.searchHome(from, SEARCH_LIMIT));
  }

  /** As `search`, of these. */
  searchHome(from: string | undefined, atLeast: number): Promise<SearchedUsers> {
    const tenant = { id: this.#tenantId };
    return this.#search(tenant, searchText(tenant, {}, from), atLeast);
  }

  /** Results are checked again, so that a search never returns another tenant's user. */
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
    return searchUsers(this.#management, query, { atLeast, keep, dropsMany: inOrganization }).catch(
      nameFilters,
    );
  }

  async #tenant(): Promise<TenantOfUsers> {
    const { organization, change_over } = (await this.#organizations.readTenant(this.#tenantId)) ?? {};
    return { id: this.#tenantId, ...(organization && { organization }), ...(change_over && { change_over }) };
  }

  /** Checks the answer to a write: with another tenant's user in it, the outcome is unknown. */
  #checked(tenant: TenantOfUsers, user: Auth0User): Auth0User {
    const own = asSeenBy(tenant, user);
    if (!own)
      throw new Problem('outcome_unknown', { internal: "the authority answered with another tenant's user" });
    return own;
  }
}

/** By what is shown of the user here: roles in the tenant, and no sign-ins of guests. */
const isFound =
  (filters: UserFilters) =>
  (user: Auth0User): boolean =>
    (filters.role === undefined || rolesOf(user).includes(filters.role)) &&
    (!ofSignIns(filters) || user.last_login !== undefined);

/** Changes of `app_metadata`. */
type Marks = Record<string, unknown>;

/** For the call itself, and the ten seconds that it takes to have an effect (Auth0 docs, "Remove members"). */
const REMOVAL_MS = 60_000;

/** Whether somebody was removed so lately that their memberships may not say so yet. */
const isJustNow = (since: number | undefined): boolean =>
  since !== undefined && redisNow() - since < REMOVAL_MS;

const hasLeft = () => new Problem('not_found', { internal: 'removed while the roles were replaced' });

interface FoundUser {
  /** As the tenant sees it. */
  user: Auth0User;
  /** As the authority has it. */
  record: Auth0User;
}

const nobody = () => undefined;

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
