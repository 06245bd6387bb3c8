/** What the authority's refusal of a user's values means to the tenant: never that another tenant's user has an email. */
import type { ManagementFailure } from '../../../src/auth0/errors.ts';
import { EMAIL_UNAVAILABLE } from '../../../src/imports/row-outcome.ts';
import { Problem } from '../../../src/problem.ts';
import { isFailure } from '../../failures.ts';
import { asSeenBy } from '../whose-user.ts';
import type { TenantScope } from './tenant-scope.ts';
import { nobodyIfInvalid } from './user-search.ts';

/** @returns name of the database connection that the tenant shares with others; undefined when it has its own */
export type SharedDatabase = (tenantId: string) => Promise<string | undefined>;

export class UserRefusals {
  readonly #scope: TenantScope;
  readonly #sharedDatabase: SharedDatabase;

  constructor(scope: TenantScope, sharedDatabase: SharedDatabase) {
    this.#scope = scope;
    this.#sharedDatabase = sharedDatabase;
  }

  /** Name of the database connection that the tenant shares with others; undefined when it has its own. */
  sharedDatabase(): Promise<string | undefined> {
    return this.#sharedDatabase(this.#scope.tenantId);
  }

  /** @throws what the refusal of a change means to the tenant */
  async ofChange(error: unknown, email: string | null | undefined): Promise<never> {
    const refusal = isFailure(error, ...ABOUT_VALUES) ? error : undefined;
    const database = refusal && email ? await this.sharedDatabase() : undefined;
    if (refusal && email && database !== undefined)
      throw emailUnavailable(refusal, await this.holderOf(email, database));
    throw isFailure(error, 'exists') ? userExists(error) : error;
  }

  /** Whose user has this email in a database connection. Only for the operator's log: no tenant may learn it. */
  async holderOf(email: string, connection: string): Promise<'own' | 'foreign' | undefined> {
    // Auth0 stores emails of database connections in lower case.
    const found = await this.#scope.management.findUsersByEmail(email.toLowerCase()).catch(nobodyIfInvalid);
    const holder = found.find(({ identities }) =>
      identities?.some((identity) => identity.connection === connection),
    );
    return holder && (asSeenBy(await this.#scope.read(), holder) ? 'own' : 'foreign');
  }
}

/** Kinds of refusals because of a user's email or other values. */
export const ABOUT_VALUES = ['exists', 'invalid', 'weak_password'] as const;

export const userExists = (cause: ManagementFailure) => new Problem('user_exists', { cause });

/** One problem for every unavailable email; the reason is only in the worker's log. */
export const emailUnavailable = (cause: ManagementFailure, holder: 'own' | 'foreign' | undefined) =>
  new Problem('email_unavailable', { detail: EMAIL_UNAVAILABLE, internal: reasonOf(cause, holder), cause });

function reasonOf({ kind }: ManagementFailure, holder: 'own' | 'foreign' | undefined): string {
  if (holder === 'own') return 'a user of the tenant has this email';
  if (holder === 'foreign') return 'a user of another tenant has this email';
  return kind === 'exists'
    ? 'a user has this email, but a look-up does not find it'
    : 'the authority refuses a value';
}
