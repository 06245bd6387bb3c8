/** Notes each change of a user that this deployment makes at the authority (`OwnChanges`). */
import { ownMembership, ownUpdate, type OwnChanges } from '../../src/authority-events/own-changes.ts';
import type { Management } from '../../src/auth0/management.ts';
import { fullUserId } from '../../src/imports/row-outcome.ts';
import { isFailure } from '../failures.ts';

/** @returns the same calls; what cannot be noted is not sent */
export function noteOwnChanges(management: Management, own: OwnChanges): Management {
  /** @param whatOf names the change after its answer */
  async function noted<T>(
    userIds: readonly string[],
    call: () => Promise<T>,
    whatOf: (answer: T) => string,
  ): Promise<T> {
    const change = await own.begin(userIds);
    let answer: T;
    try {
      answer = await call();
    } catch (error) {
      // Of an unknown outcome the note stays, and with it the doubt, for a while.
      if (!isFailure(error, 'unknown_outcome')) await own.end(userIds, change).catch(nothing);
      throw error;
    }
    // The change is made: at worst its event is recorded beside it.
    await own.end(userIds, change, whatOf(answer)).catch(nothing);
    return answer;
  }

  return {
    ...management,
    async createUser(user) {
      await own.willCreate(fullUserId(user.user_id));
      return management.createUser(user);
    },
    updateUser: (userId, changes) =>
      noted(
        [userId],
        () => management.updateUser(userId, changes),
        ({ updated_at }) => ownUpdate(updated_at ?? ''),
      ),
    adoptUser: (userId, marks) =>
      noted(
        [userId],
        () => management.adoptUser(userId, marks),
        ({ updated_at }) => ownUpdate(updated_at ?? ''),
      ),
    deleteUser: (userId) =>
      noted(
        [userId],
        () => management.deleteUser(userId),
        () => 'deleted',
      ),
    addMembers: (id, userIds) =>
      noted(
        userIds,
        () => management.addMembers(id, userIds),
        () => ownMembership('joined', id),
      ),
    removeMember: (id, userId) =>
      noted(
        [userId],
        () => management.removeMember(id, userId),
        () => ownMembership('left', id),
      ),
  };
}

const nothing = () => undefined;
