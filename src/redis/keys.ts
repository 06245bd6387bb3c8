/**
 * Every Redis key, with its bound. Keys that one script or transaction uses together share a hash tag (`{…}`), so that
 * they are in one slot of a Redis Cluster. The definitions are in `keys/`; `docs/redis-keys.md` is generated from them.
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

/** Prefix of all BullMQ keys (`keys/queues.ts`); the braces keep a queue's keys in one slot. */
export const QUEUE_PREFIX = '{trivium}';

/** Definitions under the name that `keys` uses for them. */
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

/** Pub/sub channels; they store nothing. */
const channels = {
  /** An entry was added to the stream of changes. */
  registryChanged: 'trivium:registry:changed',
  /** Hash of an API key that the authority was asked about. */
  verdictReached: 'trivium:api-key:verdict',
  /** Id of a relay job that ended. */
  relayEnded: 'trivium:relay:ended',
  /** Id of a user import with news. */
  userImportTold: 'trivium:imports:told',
  /** Tenant with new events. */
  recorded: 'trivium:events:recorded',
} as const;

/** Prefix of the relay's keys; scripts build the keys of waiting jobs with it. */
const relayPrefix = 'trivium:{relay}:';

export const keys = { ...keysOf(keyDefinitions), ...channels, relayPrefix };
