/**
 * Every key, with its bound. Keys that one script or transaction uses together share a hash tag (`{…}`), i.e. one slot of a Redis
 * Cluster. The definitions are in `keys/`; `docs/redis-keys.md` is generated from them.
 */
import { keysOf } from './key-definition.ts';
import { adoptionsKeys } from './keys/adoptions.ts';
import { appsKeys } from './keys/apps.ts';
import { authorityEventsKeys } from './keys/authority-events.ts';
import { authenticationKeys } from './keys/authentication.ts';
import { deploymentKeys } from './keys/deployment.ts';
import { eventsKeys } from './keys/events.ts';
import { gatewayKeys } from './keys/gateway.ts';
import { importsKeys } from './keys/imports.ts';
import { processKeys } from './keys/process.ts';
import { registryKeys } from './keys/registry.ts';
import { relayKeys } from './keys/relay.ts';
import { restoreKeys } from './keys/restore.ts';
import { webhooksKeys } from './keys/webhooks.ts';

/** Prefix of all keys of BullMQ (`keys/queues.ts`); the braces keep the keys of a queue in one slot. */
export const QUEUE_PREFIX = '{trivium}';

/** Definitions by the name of the function in `keys` that builds the key. */
export const keyDefinitions = {
  ...registryKeys,
  ...appsKeys,
  ...webhooksKeys,
  ...authenticationKeys,
  ...relayKeys,
  ...importsKeys,
  ...adoptionsKeys,
  ...eventsKeys,
  ...authorityEventsKeys,
  ...deploymentKeys,
  ...gatewayKeys,
  ...restoreKeys,
  ...processKeys,
};

/** Pub/sub channels. */
const channels = {
  /** Published when the stream of registry changes has grown. */
  registryChanged: 'trivium:registry:changed',
  /** Hashes of API keys whose validation at the authority has finished. */
  verdictReached: 'trivium:api-key:verdict',
  /** Id of a relay job that ended. */
  relayEnded: 'trivium:relay:ended',
  /** Ids of user imports whose state has changed. */
  userImportChanged: 'trivium:imports:told',
  /** Ids of tenants with new audit events. */
  recorded: 'trivium:events:recorded',
} as const;

/** Prefix of all keys of the relay; scripts build the keys of waiting jobs with it. */
const relayPrefix = 'trivium:{relay}:';

export const keys = { ...keysOf(keyDefinitions), ...channels, relayPrefix };
