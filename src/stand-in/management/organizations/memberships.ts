import type { Member, Organization } from '../../store/records.ts';
import { inOrganization, type Store } from '../../store/store.ts';

/** The current membership, regardless of delayed lists. */
export function membershipOf(store: Store, organizationId: string, userId: string): Member | undefined {
  const member = store.members.get(inOrganization(organizationId, userId));
  return member?.removed_at === undefined ? member : undefined;
}

/** In the order in which the user joined them. @param since ms since 1970: with those that the user has left since then */
export function organizationsOf(store: Store, userId: string, since = Infinity): Organization[] {
  return [...store.members.by('user', userId)]
    .filter(({ removed_at }) => removed_at === undefined || removed_at > since)
    .sort((a, b) => a.added_at - b.added_at)
    .flatMap(({ organization_id }) => store.organizations.get(organization_id) ?? []);
}

/** Existing members keep their roles (guessed: no recording adds one twice). */
export function addMember(
  store: Store,
  organizationId: string,
  userId: string,
  now: number,
  roles: readonly string[] = [],
): void {
  const known = membershipOf(store, organizationId, userId);
  store.members.put({
    organization_id: organizationId,
    user_id: userId,
    added_at: known?.added_at ?? now,
    roles: [...new Set([...rolesKept(store, organizationId, userId), ...roles])],
  });
}

/** `removed_at` of a user who was never a member. */
const NEVER = 0;

/** Recorded: roles can be assigned before the user is a member, and take effect then. */
export function giveRoles(
  store: Store,
  organizationId: string,
  userId: string,
  roles: readonly string[],
): void {
  const known = membershipOf(store, organizationId, userId);
  store.members.put({
    ...(known ?? { organization_id: organizationId, user_id: userId, added_at: NEVER, removed_at: NEVER }),
    roles: [...new Set([...rolesKept(store, organizationId, userId), ...roles])],
  });
}

function rolesKept(store: Store, organizationId: string, userId: string): string[] {
  const before = store.members.get(inOrganization(organizationId, userId));
  return before && (before.removed_at ?? NEVER) === NEVER ? before.roles : [];
}

/** @param lags whether lists show the member for a while longer */
export function removeMember(
  store: Store,
  organizationId: string,
  userId: string,
  { now, lags }: { now: number; lags: boolean },
): void {
  const known = membershipOf(store, organizationId, userId);
  if (!known) return;
  if (lags) store.members.put({ ...known, removed_at: now });
  else store.members.delete(inOrganization(organizationId, userId));
}

/** Whether a delayed list shows this member. */
export function wasMember({ added_at, removed_at }: Member, then: number): boolean {
  return added_at <= then && (removed_at === undefined || removed_at > then);
}
