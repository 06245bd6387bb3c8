/** What processes of a deployment say of themselves to each other. */
import { defineKey, MINUTE_MS } from '../key-definition.ts';

export const deploymentKeys = {
  keysInUse: defineKey('trivium:keys-in-use', {
    type: 'zset',
    holds:
      'name and fingerprint of a key of `ENCRYPTION_KEYS` or `HASH_KEY` that a process writes with → when it last said so, ms',
    bound: { expiresMs: MINUTE_MS, entries: 100, by: 'key-watch.lua: what nobody says goes' },
    writtenBy: 'API, workers',
  }),
};
