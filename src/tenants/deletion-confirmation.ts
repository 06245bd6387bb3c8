/** The second time that a deletion is asked for: what a dry run gave, good for the same deletion by the same client, for a while. */
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { redisNow } from '../redis/clock.ts';

export interface Deletion {
  tenantId: string;
  users: 'delete' | 'keep';
  /** Client id of the operator who asked. */
  clientId: string;
}

export interface DeletionConfirmation {
  give(deletion: Deletion): { confirmation: string; confirmBefore: string };
  holds(deletion: Deletion, confirmation: string): boolean;
}

/** Long enough to look at what would go, too short to lie around. */
const GOOD_MS = 600_000;

export function createDeletionConfirmation(keyedHash: KeyedHash): DeletionConfirmation {
  const textOf = ({ tenantId, users, clientId }: Deletion, until: number) =>
    JSON.stringify([tenantId, users, clientId, until]);
  return {
    give(deletion) {
      const until = redisNow() + GOOD_MS;
      const confirmation = `${until.toString(36)}.${keyedHash('tenant-deletion', textOf(deletion, until))}`;
      return { confirmation, confirmBefore: new Date(until).toISOString() };
    },
    holds(deletion, confirmation) {
      const [time = '', given = ''] = confirmation.split('.', 2);
      const until = parseInt(time, 36);
      if (!(until > redisNow() && until <= redisNow() + GOOD_MS)) return false;
      return keyedHash.matches('tenant-deletion', textOf(deletion, until), given);
    },
  };
}
