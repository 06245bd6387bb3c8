/**
 * Every key, with its bound. What one script or transaction touches together shares a hash tag (`{…}`), so that it lives in one slot of a
 * Redis Cluster. What there is of each stands in `keys/`; `docs/redis-keys.md` is made of it.
 */
import { keysOf } from './key-definition.ts';
import { appsKeys } from './keys/apps.ts';
import { authenticationKeys } from './keys/authentication.ts';
import { deploymentKeys } from './keys/deployment.ts';
import { eventsKeys } from './keys/events.ts';
import { importsKeys } from './keys/imports.ts';
import { processKeys } from './keys/process.ts';
import { registryKeys } from './keys/registry.ts';
import { relayKeys } from './keys/relay.ts';
import { webhooksKeys } from './keys/webhooks.ts';

/** BullMQ puts this before each of its keys (`keys/queues.ts`); the braces keep a queue's keys in one slot. */
export const QUEUE_PREFIX = '{trivium}';

/** By the name under which `keys` has what makes it. */
export const keyDefinitions = {
  ...registryKeys,
  ...appsKeys,
  ...webhooksKeys,
  ...authenticationKeys,
  ...relayKeys,
  ...importsKeys,
  ...eventsKeys,
  ...deploymentKeys,
  ...processKeys,
};

/** Channels hold nothing. */
const channels = {
  /** Something was added to the stream of changes. */
  registryChanged: 'trivium:registry:changed',
  /** Hashes of API keys about which the authority has been asked. */
  verdictReached: 'trivium:api-key:verdict',
  /** Ids of relay jobs that ended. */
  relayEnded: 'trivium:relay:ended',
  /** Ids of user imports of which there is something to tell. */
  userImportTold: 'trivium:imports:told',
  /** Tenants that have new events. */
  recorded: 'trivium:events:recorded',
} as const;

/** Before each key of the relay: scripts make those of waiting jobs with it. */
const relayPrefix = 'trivium:{relay}:';

export const keys = { ...keysOf(keyDefinitions), ...channels, relayPrefix };
