/** Changes of one user, who was read and checked before. */
import type { Auth0Session, Auth0User, Auth0UserChanges } from '../../../src/auth0/management-users.ts';
import { Problem } from '../../../src/problem.ts';
import { redisNow } from '../../../src/redis/clock.ts';
import { begunAlready } from '../../failures.ts';
import { withRoles, type TenantOfUsers } from '../whose-user.ts';
import { goneMeanwhile, type FoundUser, type TenantScope } from './tenant-scope.ts';
import type { UserRefusals } from './user-refusals.ts';
import { deleteUser } from './user-removal.ts';

export class UserChange {
  readonly user: Auth0User;
  readonly #scope: TenantScope;
  readonly #refusals: UserRefusals;
  readonly #tenant: TenantOfUsers;
  readonly #record: Auth0User;

  constructor(scope: TenantScope, refusals: UserRefusals, tenant: TenantOfUsers, found: FoundUser) {
    this.user = found.user;
    this.#scope = scope;
    this.#refusals = refusals;
    this.#tenant = tenant;
    this.#record = found.record;
  }

  /** @throws Problem `user_exists`, `email_unavailable`, `not_found`, `user_shared` */
  async update(changes: Omit<Auth0UserChanges, 'app_metadata'>): Promise<Auth0User> {
    const changed = await this.#ifAlone(() =>
      this.#write(changes).catch((error: unknown) => this.#refusals.ofChange(error, changes.email)),
    );
    return this.#scope.checked(this.#tenant, changed);
  }

  /**
   * @param roles all that the user has in the tenant from now on
   * @returns also of a guest with the time of the change, which orders changes
   * @throws Problem `not_found`
   */
  async replaceRoles(roles: string[]): Promise<Auth0User> {
    const app_metadata = withRoles(this.#tenant, this.#record, roles);
    if (isJustNow(await this.#leavingSince(app_metadata))) throw hasLeft();
    const changed = await this.#write({ app_metadata }).catch(goneMeanwhile);
    const seen = this.#scope.checked(this.#tenant, changed);
    await this.#takeBackIfLeft(app_metadata).catch(begunAlready);
    return { ...seen, updated_at: changed.updated_at! };
  }

  /** Deletes the user, or removes a person whom others share from the tenant. @returns the person, if still a user elsewhere */
  delete(): Promise<Auth0User | undefined> {
    return deleteUser(this.#scope, this.#tenant, this.#record);
  }

  /** @returns the URL for setting a new password. @throws Problem `not_found`, `user_shared` */
  createPasswordTicket(lifetimeSeconds: number): Promise<string> {
    const { management } = this.#scope;
    return this.#ifAlone(() => management.createPasswordTicket(this.#record.user_id, lifetimeSeconds));
  }

  /** @throws Problem `not_found`, `user_shared` */
  sendVerificationEmail(): Promise<void> {
    return this.#ifAlone(() => this.#scope.management.sendVerificationEmail(this.#record.user_id));
  }

  /** @throws Problem `not_found`, `user_shared` */
  listSessions(): Promise<Auth0Session[]> {
    return this.#ifAlone(() => this.#scope.management.listSessions(this.#record.user_id));
  }

  /** @throws Problem `not_found`, `user_shared` */
  endSessions(): Promise<void> {
    return this.#ifAlone(() => this.#scope.management.endSessions(this.#record.user_id));
  }

  #write(changes: Auth0UserChanges): Promise<Auth0User> {
    return this.#scope.management.updateUser(this.#record.user_id, changes);
  }

  async #ifAlone<T>(change: () => Promise<T>): Promise<T> {
    if (await this.#scope.isShared(this.#tenant, this.#record))
      throw new Problem('user_shared', { internal: 'others use the account, too' });
    return change().catch(goneMeanwhile);
  }

  /**
   * A mark written after somebody was removed would make them a guest again, with roles for tokens from before the removal.
   * @throws Problem `not_found`
   */
  async #takeBackIfLeft(written: Marks): Promise<void> {
    const since = await this.#leavingSince(written);
    const tenant = this.#tenant;
    const userId = this.#record.user_id;
    if (since === undefined || tenant.organization === undefined) return;
    const { organization } = tenant;
    // Still a member, or again.
    if (!isJustNow(since) && (await this.#scope.management.organizationsOf(userId)).includes(organization))
      return;
    await this.#scope.management
      .updateUser(userId, { app_metadata: { [organization]: null } })
      .catch(goneMeanwhile);
    throw hasLeft();
  }

  /** @returns when the person was removed, if lately and the change is of the mark in the organization, ms since 1970 */
  async #leavingSince(written: Marks): Promise<number | undefined> {
    const { organization } = this.#tenant;
    if (organization === undefined || !(organization in written)) return undefined;
    return this.#scope.organizations.leavingSince(organization, this.#record.user_id);
  }
}

/** Changes of `app_metadata`. */
type Marks = Record<string, unknown>;

/** For the call itself, and the ten seconds that it takes to have an effect (Auth0 docs, "Remove members"). */
const REMOVAL_MS = 60_000;

/** Whether somebody was removed so lately that their memberships may not say so yet. */
const isJustNow = (since: number | undefined): boolean =>
  since !== undefined && redisNow() - since < REMOVAL_MS;

const hasLeft = () => new Problem('not_found', { internal: 'removed while the roles were replaced' });
