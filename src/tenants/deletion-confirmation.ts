/** Confirmation of a tenant's deletion: a keyed hash from the dry run, valid for the same deletion by the same client until it expires. */
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { redisNow } from '../redis/clock.ts';

export interface Deletion {
  tenantId: string;
  users: 'delete' | 'keep';
  /** Client id of the requesting operator. */
  clientId: string;
}

export interface DeletionConfirmation {
  give(deletion: Deletion): { confirmation: string; confirmBefore: string };
  holds(deletion: Deletion, confirmation: string): boolean;
}

/** Lifetime of a confirmation: long enough to review the dry run. */
const LIFETIME_MS = 600_000;

export function createDeletionConfirmation(keyedHash: KeyedHash): DeletionConfirmation {
  const textOf = ({ tenantId, users, clientId }: Deletion, until: number) =>
    JSON.stringify([tenantId, users, clientId, until]);
  return {
    give(deletion) {
      const until = redisNow() + LIFETIME_MS;
      const confirmation = `${until.toString(36)}.${keyedHash('tenant-deletion', textOf(deletion, until))}`;
      return { confirmation, confirmBefore: new Date(until).toISOString() };
    },
    holds(deletion, confirmation) {
      const [time = '', given = ''] = confirmation.split('.', 2);
      const until = parseInt(time, 36);
      if (!(until > redisNow() && until <= redisNow() + LIFETIME_MS)) return false;
      return keyedHash.matches('tenant-deletion', textOf(deletion, until), given);
    },
  };
}
