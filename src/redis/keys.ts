/**
 * Every key name. What one script or transaction touches together shares a hash tag (`{…}`), so that it lives in one
 * slot of a Redis Cluster.
 */
export const keys = {
  /** Hash: tenant id → tenant. */
  tenants: 'trivium:{registry}:tenants',
  /** Hash: client id → registered client. */
  clients: 'trivium:{registry}:clients',
  /** Hash: origin of a tenant's single-page app → client id. */
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
  /** String: id of the relay job that does a read of which no call was sent yet, by the read's keyed hash. */
  relayFlight: (hash: string) => `trivium:{relay-flight:${hash}}:job`,
  /** Sorted set: id of a relay job that ended by a fault of ours → when, ms. */
  deadLetters: 'trivium:relay:dead-letters',
  /** Channel: ids of relay jobs that ended. */
  relayEnded: 'trivium:relay:ended',
  /** Hash: a user import's state and counts. */
  userImport: (id: string) => `trivium:{import:${id}}:state`,
  /** Hash: number of a chunk → its rows, packed and sealed. */
  userImportRows: (id: string) => `trivium:{import:${id}}:rows`,
  /** String: a byte for each row, what became of it. */
  userImportMarks: (id: string) => `trivium:{import:${id}}:marks`,
  /** Hash: number of a batch → which rows went to the authority in one import job. */
  userImportBatches: (id: string) => `trivium:{import:${id}}:batches`,
  /** String: somebody is uploading this import. */
  userImportUpload: (id: string) => `trivium:{import:${id}}:upload`,
  /** Sorted set: id of a tenant's user import → when it was made, ms. */
  userImportsOf: (tenantId: string) => `trivium:{imports-of:${tenantId}}:all`,
  /** Sorted set: id of a tenant's user import that has not ended → until when that counts, ms. */
  openUserImportsOf: (tenantId: string) => `trivium:{imports-of:${tenantId}}:open`,
  /** Channel: ids of user imports of which there is something to tell. */
  userImportTold: 'trivium:imports:told',
  /** Sorted set: whoever has an import job at the authority → until when, ms. */
  importJobLeases: 'trivium:{import-jobs}:leases',
  /** Sorted set: import that waits for a lease → since when, ms. */
  importJobsWaiting: 'trivium:{import-jobs}:waiting',
  /** Set: ids of user imports that have not ended. */
  openImports: 'trivium:imports:open',
} as const;

/** BullMQ puts this before each of its keys; the braces keep a queue's keys in one slot. */
export const QUEUE_PREFIX = '{trivium}';
