/**
 * Every key name. What one script or transaction touches together shares a hash tag (`{…}`), so that it lives in one
 * slot of a Redis Cluster.
 */
export const keys = {
  /** Hash: tenant id → tenant. */
  tenants: 'trivium:{registry}:tenants',
  /** Hash: id of a tenant that was deleted → when. It is not given again. */
  retiredTenants: 'trivium:{registry}:retired-tenants',
  /** Sorted set: `<relay job> <tenant>` of a tenant's making that may have left something behind → since when, ms. */
  unfinishedTenants: 'trivium:{registry}:unfinished-tenants',
  /** Set: tenants whose entry changed, and whose web app's client does not say so yet. */
  unwrittenTenants: 'trivium:{registry}:unwritten-tenants',
  /** String: since when this registry is complete. It is not there: Redis was lost, or this is the first start. */
  registryBorn: 'trivium:{registry}:born',
  /** Sorted set: client id that only the authority or only the registry knows → since when that was seen, ms. */
  strayClients: 'trivium:{registry}:stray-clients',
  /** Hash: client id → registered client. */
  clients: 'trivium:{registry}:clients',
  /** Hash: origin of tenants' single-page apps → their client ids, with a space between. */
  origins: 'trivium:{registry}:origins',
  /** Stream: what changed in the registry, newest last; each process reads it from where it was. */
  registryChanges: 'trivium:{registry}:changes',
  /** Channel: something was added to that stream. */
  registryChanged: 'trivium:registry:changed',
  /** Set: client ids of a tenant's API keys. */
  apiKeysOf: (tenantId: string) => `trivium:{registry}:api-keys-of:${tenantId}`,
  /** Sorted set: client id of an API key → when it ends, ms. */
  apiKeyDeadlines: 'trivium:{registry}:api-key-deadlines',
  /** Hash: `<client id>:uses` and `<client id>:last` of API keys. */
  apiKeyUse: 'trivium:{registry}:api-key-use',
  /** Sorted set: client id that is still to be deleted at the authority → since when, ms. */
  leavingClients: 'trivium:{registry}:leaving-clients',
  /** Sorted set: id of an API key that is being made → since when, ms. */
  unfinishedKeys: 'trivium:{registry}:unfinished-api-keys',
  /** Hash: what is known of an API key, by its keyed hash. */
  verdict: (hash: string) => `trivium:{api-key:${hash}}:verdict`,
  /** String: who is asking the authority about an API key. */
  verdictLock: (hash: string) => `trivium:{api-key:${hash}}:lock`,
  /** Channel: hashes of API keys about which the authority has been asked. */
  verdictReached: 'trivium:api-key:verdict',
  /** String: how many API keys of this client or from this address were refused lately. */
  failures: (of: 'client' | 'address', hash: string) => `trivium:{failures}:${of}:${hash}`,
  /** Hash: state of the budget's bucket. */
  budget: (name: string, bucket: string) => `trivium:{budget}:${name}:${bucket}`,
  /** Hash: one relay job's record. */
  relayJob: (id: string) => `trivium:{relay:${id}}:job`,
  /** Hash: how the steps of a relay job stand that has some. */
  relaySteps: (id: string) => `trivium:{relay:${id}}:steps`,
  /** Hash: step → sealed: what it made. */
  relayStepResults: (id: string) => `trivium:{relay:${id}}:step-results`,
  /** String: id of the relay job that does a read of which no call was sent yet, by the read's keyed hash. */
  relayFlight: (hash: string) => `trivium:{relay-flight:${hash}}:job`,
  /** Sorted set: id of a relay job that ended by a fault of ours → when, ms. */
  deadLetters: 'trivium:relay:dead-letters',
  /** Channel: ids of relay jobs that ended. */
  relayEnded: 'trivium:relay:ended',
  /** Hash: a user import's state and counts. */
  userImport: (id: string) => `trivium:{import:${id}}:state`,
  /** List: sealed rows of one slice. */
  userImportRows: (id: string, slice: number) => `trivium:{import:${id}}:rows:${slice}`,
  /** Hash: row number → sealed outcome. */
  userImportOutcomes: (id: string) => `trivium:{import:${id}}:outcomes`,
  /** Set: ids of user imports that have not ended. */
  openImports: 'trivium:imports:open',
} as const;

/** BullMQ puts this before each of its keys; the braces keep a queue's keys in one slot. */
export const QUEUE_PREFIX = '{trivium}';
