import { isDeepStrictEqual } from 'node:util';
import type { StoredUser, UserProfile } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Deliveries } from './deliveries.ts';

/** Members that every sign-in changes. That they alone make no event is guessed. */
const OF_SIGN_INS = new Set(['last_login', 'last_ip', 'logins_count', 'updated_at']);

/** `user.created`, `user.updated` and `user.deleted`, whoever changes the user: a caller, an Action, an import or the user. */
export function publishUserEvents({ users }: Store, deliveries: Deliveries): void {
  users.watch((after, before) => {
    const user = after ?? before;
    if (!user) return;
    if (after && before && isSame(after, before)) return;
    const what = !before ? 'created' : after ? 'updated' : 'deleted';
    deliveries.publish(`user.${what}`, user.profile);
  });
}

function isSame(one: StoredUser, other: StoredUser): boolean {
  return isDeepStrictEqual(withoutSignIns(one.profile), withoutSignIns(other.profile));
}

function withoutSignIns(profile: UserProfile): object {
  return Object.fromEntries(Object.entries(profile).filter(([name]) => !OF_SIGN_INS.has(name)));
}
