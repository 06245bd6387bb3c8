/** Restores of Redis from a backup (`src/restore/`). */
import { defineKey, SECOND_MS } from '../key-definition.ts';

export const restoreKeys = {
  restored: defineKey('trivium:{registry}:restored', {
    type: 'string',
    holds:
      'the restore of this Redis from a backup: its state, and what the comparison with the authority found; until the operator ends it',
    bound: { bytes: 4_194_304, by: 'restored-state.ts: keeps 10,000 findings' },
    writtenBy: 'workers',
  }),
  epoch: defineKey('trivium:{registry}:epoch', {
    type: 'string',
    holds:
      'id of this registry, and a time that is noted at the authority later: an older one here shows that Redis was set back',
    bound: { bytes: 100, by: 'an id and a time' },
    writtenBy: 'workers',
  }),
  restoreTurn: defineKey('trivium:{registry}:restore-turn', {
    type: 'string',
    holds: 'lease: the worker, or the command, that compares a restored Redis with the authority',
    bound: { expiresMs: 5 * SECOND_MS },
    writtenBy: 'workers',
  }),
};
