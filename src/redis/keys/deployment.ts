/** Data that the processes of a deployment publish for each other. */
import { DAY_MS, defineKey, HOUR_MS, MINUTE_MS } from '../key-definition.ts';

/** The last refusals that an operator can look at. */
export const KEPT_REFUSALS = 1_000;
export const REFUSALS_MS = 7 * DAY_MS;

export const deploymentKeys = {
  refusals: defineKey('trivium:refusals', {
    type: 'stream',
    holds: 'refusals and failures of all API processes: ids, codes and reasons',
    bound: { expiresMs: REFUSALS_MS, entries: KEPT_REFUSALS, by: 'refusal-store.ts: drops the oldest' },
    writtenBy: 'API',
  }),
  format: defineKey('trivium:format', {
    type: 'hash',
    holds: 'newest format that a process has written, and the oldest one whose processes can read it',
    bound: { entries: 2, by: 'raise-format.lua: has two fields' },
    writtenBy: 'API, workers',
  }),
  keysInUse: defineKey('trivium:keys-in-use', {
    type: 'zset',
    holds:
      'name and fingerprint of a key of `ENCRYPTION_KEYS` or `HASH_KEY` that a process writes with → last heartbeat, ms',
    bound: { expiresMs: MINUTE_MS, entries: 100, by: 'key-watch.lua: removes entries without a heartbeat' },
    writtenBy: 'API, workers',
  }),
  apiScopes: defineKey('trivium:api-scopes', {
    type: 'hash',
    holds:
      'this API at the authority: its scopes, when a worker has read them, and when a reading was asked for',
    bound: { expiresMs: 2 * DAY_MS, entries: 4, by: 'api-scopes.ts: has four fields' },
    writtenBy: 'API, workers',
  }),
  apiScopesTurn: defineKey('trivium:api-scopes:turn', {
    type: 'string',
    holds: 'until it expires, no worker reads these scopes again',
    bound: { expiresMs: HOUR_MS },
    writtenBy: 'workers',
  }),
};
