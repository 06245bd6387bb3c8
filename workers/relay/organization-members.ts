/** Makes all home users of a tenant members of its organization, ten in a call. */
import { MEMBERS_PER_CALL } from '../../src/auth0/management-organizations.ts';
import type { Management } from '../../src/auth0/management.ts';
import { Problem } from '../../src/problem.ts';
import { isFailure, onFailure } from '../failures.ts';
import type { ManagementContext } from './performer.ts';
import { leftMark } from './left-marks.ts';
import { SEARCH_LIMIT } from './search-users.ts';
import { notThereYet } from './tenant-organization.ts';
import { standingOf } from './whose-user.ts';

type Context = Pick<ManagementContext, 'bulk' | 'usersOf' | 'marksToRemove'>;

/**
 * Idempotent, because members stay members. Ordered by creation date, so that it can be continued.
 * @param from creation date of the first user, ISO 8601; undefined: all users
 * @param onProgress called with the creation date of the last one, about every thousand users
 */
export async function addAllMembers(
  context: Context,
  { tenantId, organization, from }: { tenantId: string; organization: string; from: string | undefined },
  onProgress: (upTo: string) => Promise<void>,
): Promise<void> {
  const { bulk } = context;
  const users = context.usersOf(bulk, tenantId);
  // Guests are members already, or have been removed a moment ago, which the search may not show yet.
  let seen = new Set<string>();
  for (let next = from; ;) {
    const { users: found, isAll } = await users.searchHome(next, SEARCH_LIMIT);
    const ids = found.map(({ user_id }) => user_id);
    const fresh = ids.filter((id) => !seen.has(id));
    for (let at = 0; at < fresh.length; at += MEMBERS_PER_CALL) {
      const batch = fresh.slice(at, at + MEMBERS_PER_CALL);
      await addMembers(bulk, organization, batch);
      await removeWhoLeft(context, { tenantId, organization }, batch);
    }
    next = found.at(-1)?.created_at;
    if (fresh.length === 0 || next === undefined) return;
    await onProgress(next);
    if (isAll) return;
    seen = new Set(ids);
  }
}

/**
 * Whoever left the tenant since the search must not stay a member. A removal is noted before its first call, and removes the membership once
 * more after the record has changed (`TenantUsers`), so that whichever is later sees the other. While the record still says "home user", the
 * removal goes on, or was refused.
 */
export async function removeWhoLeft(
  { bulk, marksToRemove }: Context,
  { tenantId, organization }: { tenantId: string; organization: string },
  userIds: readonly string[],
): Promise<void> {
  for (const userId of userIds) {
    if ((await marksToRemove.since(leftMark(organization, userId))) === undefined) continue;
    const user = await bulk.getUser(userId).catch(onFailure('not_found', () => undefined));
    if (user && standingOf({ id: tenantId }, user) !== 'home') await bulk.removeMember(organization, userId);
  }
}

/** Auth0 adds all or none: a user who was deleted since the search, or is a member, must not keep nine others out. */
export async function addMembers(
  bulk: Management,
  organization: string,
  userIds: readonly string[],
): Promise<void> {
  try {
    await bulk.addMembers(organization, userIds);
  } catch (error) {
    if (!isFailure(error, 'not_found', 'invalid', 'exists')) throw error;
    if (userIds.length > 1) for (const id of userIds) await addMembers(bulk, organization, [id]);
    else if (await exists(bulk, userIds[0]!)) {
      if (isFailure(error, 'not_found')) notThereYet(error);
      const detail = `The authority does not take user ${userIds[0]!} as a member.`;
      throw new Problem('invalid_field', { detail, cause: error });
    }
  }
}

const exists = (bulk: Management, userId: string): Promise<boolean> =>
  bulk.getUser(userId).then(
    () => true,
    onFailure('not_found', () => false),
  );
