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
  /** Hash: state of the budget's bucket. */
  budget: (bucket: string) => `trivium:{budget}:${bucket}`,
  /** Hash: one relay job's record. */
  relayJob: (id: string) => `trivium:{relay:${id}}:job`,
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
