/** Data that the processes of a deployment publish for each other. */
import { defineKey, MINUTE_MS } from '../key-definition.ts';

export const deploymentKeys = {
  keysInUse: defineKey('trivium:keys-in-use', {
    type: 'zset',
    holds:
      'name and fingerprint of a key of `ENCRYPTION_KEYS` or `HASH_KEY` that a process writes with → last heartbeat, ms',
    bound: { expiresMs: MINUTE_MS, entries: 100, by: 'key-watch.lua: removes entries without a heartbeat' },
    writtenBy: 'API, workers',
  }),
};
