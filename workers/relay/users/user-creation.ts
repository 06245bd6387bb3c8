/** Creates users of one tenant. What a refusal says never tells that another tenant's user has an email. */
import type { Auth0User } from '../../../src/auth0/management-users.ts';
import { DEFAULT_ROLE } from '../../../src/authorization/assignable-roles.ts';
import { fullUserId } from '../../../src/imports/row-outcome.ts';
import type { NewUserRecord } from '../../../src/relay/user-record.ts';
import { isFailure, onFailure } from '../../failures.ts';
import { unknowablePassword } from '../unknowable-password.ts';
import { asSeenBy } from '../whose-user.ts';
import type { TenantScope } from './tenant-scope.ts';
import { ABOUT_VALUES, emailUnavailable, userExists, type UserRefusals } from './user-refusals.ts';

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

export const DEFAULT_ROLES = [DEFAULT_ROLE];

export class UserCreation {
  readonly #scope: TenantScope;
  readonly #refusals: UserRefusals;

  constructor(scope: TenantScope, refusals: UserRefusals) {
    this.#scope = scope;
    this.#refusals = refusals;
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
      return this.#scope.checked(
        await this.#scope.read(),
        await this.#scope.management.createUser({
          ...profile,
          connection,
          user_id: id,
          password,
          email_verified,
          // Auth0's default is to send a mail.
          verify_email: sendsMail && !email_verified,
          app_metadata: { tenant_id: this.#scope.tenantId, roles },
        }),
      );
    } catch (error) {
      return this.#afterFailure(error, wanted);
    }
  }

  /** @returns the user that an earlier attempt created. @throws the reason why there is none */
  async #afterFailure(error: unknown, { id, user, forOperator = false }: UserToCreate): Promise<Auth0User> {
    const refusal = isFailure(error, ...ABOUT_VALUES) ? error : undefined;
    const database = refusal && !forOperator ? await this.#refusals.sharedDatabase() : undefined;
    if (refusal && database !== undefined) {
      // Both look-ups after every refusal: their number must not reveal its reason.
      const lookups = [this.findCreated(id), this.#refusals.holderOf(user.email, database)] as const;
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

  /** Finds a user by its predetermined id. @param id without Auth0's prefix */
  async findCreated(id: string): Promise<Auth0User | undefined> {
    const found = await this.#scope.management
      .getUser(fullUserId(id))
      .catch(onFailure('not_found', () => undefined));
    return asSeenBy(await this.#scope.read(), found);
  }
}
