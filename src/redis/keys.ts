/**
 * Every key name. What one script or transaction touches together shares a hash tag (`{…}`), so that it lives in one
 * slot of a Redis Cluster.
 */
export const keys = {
  /** Hash: tenant id → tenant. */
  tenants: 'trivium:{registry}:tenants',
  /** Hash: id at the authority of an app that came by a metadata document → the document's address. */
  documentApps: 'trivium:{registry}:document-apps',
  /** Hash: id of a tenant that was deleted → when. It is not given again. */
  retiredTenants: 'trivium:{registry}:retired-tenants',
  /** Sorted set: `<relay job> <tenant>` of a tenant's making that may have left something behind → since when, ms. */
  unfinishedTenants: 'trivium:{registry}:unfinished-tenants',
  /** Set: tenants whose entry changed, and whose web app's client does not say so yet. */
  unwrittenTenants: 'trivium:{registry}:unwritten-tenants',
  /** Set: client ids of apps that were changed, and whose client does not say so yet. */
  unwrittenApps: 'trivium:{registry}:unwritten-apps',
  /** Set: `<what> <client id>` of differences between registry and authority that were told, and are still there. */
  toldDrifts: 'trivium:{registry}:told-drifts',
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
  /** Sorted set: client id of an app → when it was registered, ms. */
  apps: 'trivium:{registry}:apps',
  /** Hash: client id of an app → what it registered, sealed. */
  appMetadata: 'trivium:{registry}:app-metadata',
  /** Hash: `<client id>:last` and `<client id>:until` (end of its longest-lived token) of apps, ms. */
  appUse: 'trivium:{registry}:app-use',
  /** Set: users of whose consent to this app was told. */
  consentedTo: (clientId: string) => `trivium:{registry}:consented-to:${clientId}`,
  /** Sorted set: client id of an app → when to look whether it is dead, ms. */
  appReviews: 'trivium:{registry}:app-reviews',
  /** Hash: keyed hash of what was registered and from where → client id of the newest app that is so. */
  newestAlike: 'trivium:{registry}:newest-alike',
  /** Hash: tenant id → what it decided on this app. */
  appDecisions: (clientId: string) => `trivium:{registry}:app-decisions:${clientId}`,
  /** Sorted set: client id of an app that concerns this tenant → since when, ms. */
  appsOf: (tenantId: string) => `trivium:{registry}:apps-of:${tenantId}`,
  /** String: how a registration ended: client id of its app, or `abandoned`. */
  registration: (id: string) => `trivium:{registry}:registration:${id}`,
  /** Sorted set: id of a registration that nobody has been told of → since when, ms. */
  unfinishedRegistrations: 'trivium:{registry}:unfinished-registrations',
  /** String: up to when tokens of this app for this user are refused. */
  withdrawal: (userAndClient: string) => `trivium:{registry}:withdrawal:${userAndClient}`,
  /** Sorted set: `<user id> <client id>` whose consent is still to be deleted at the authority → since when, ms. */
  unfinishedWithdrawals: 'trivium:{registry}:unfinished-withdrawals',
  /** Hash: an initial access token. */
  initialAccessToken: (id: string) => `trivium:{registry}:initial-access-token:${id}`,
  /** Sorted set: id of an initial access token of this issuer → when it expires, ms. */
  initialAccessTokensOf: (issuer: string) => `trivium:{registry}:initial-access-tokens-of:${issuer}`,
  /** Hash: id of a webhook of this tenant → webhook. */
  webhooks: (tenantId: string) => `trivium:{registry}:webhooks:${tenantId}`,
  /** Hash: tenant that has webhooks → a number that grows with each change of them. */
  webhookTenants: 'trivium:{registry}:webhook-tenants',
  /** Hash: how it stands with a webhook (`WebhookState`). */
  webhookState: (id: string) => `trivium:{registry}:webhook-state:${id}`,
  /** Sorted set: event that a webhook is still to be told of → when it is next tried, ms. */
  webhookDue: (id: string) => `trivium:{registry}:webhook-due:${id}`,
  /** Hash: such an event → how often it was tried. */
  webhookTries: (id: string) => `trivium:{registry}:webhook-tries:${id}`,
  /** List: its deliveries, newest first. */
  webhookLog: (id: string) => `trivium:{registry}:webhook-log:${id}`,
  /** Sorted set: `<tenant> <webhook>` → when it next has something to be told, ms. */
  webhooksDue: 'trivium:{registry}:webhooks-due',
  /** String: which worker finds out what webhooks are to be told. */
  webhookDispatcher: 'trivium:{registry}:webhook-dispatcher',
  /** String: when the next call to this host is expected (GCRA), ms; for the host's keyed hash. */
  webhookHostPace: (hash: string) => `trivium:{webhook-host:${hash}}:pace`,
  /** Sorted set: tenant → when one of its webhooks was last given a call to this host, ms. */
  webhookHostGiven: (hash: string) => `trivium:{webhook-host:${hash}}:given`,
  /** Sorted set: tenant whose webhooks were refused a call to this host → when, ms. */
  webhookHostAsking: (hash: string) => `trivium:{webhook-host:${hash}}:asking`,
  /** String: how often webhooks of this tenant were verified in the current hour. */
  webhookVerifications: (tenantId: string) => `trivium:{webhook-verifications:${tenantId}}:count`,
  /** String: how many apps were registered from this address lately. */
  registrationsFrom: (addressHash: string) => `trivium:{registrations}:${addressHash}`,
  /** Hash: what is known of an API key, by its keyed hash. */
  verdict: (hash: string) => `trivium:{api-key:${hash}}:verdict`,
  /** String: who is asking the authority about an API key. */
  verdictLock: (hash: string) => `trivium:{api-key:${hash}}:lock`,
  /** Channel: hashes of API keys about which the authority has been asked. */
  verdictReached: 'trivium:api-key:verdict',
  /** String: how many API keys of this client or from this address were refused lately. */
  failures: (of: 'client' | 'address', hash: string) => `trivium:{failures}:${of}:${hash}`,
  /** String: this proof of possession was used; by the hash of its key and id. */
  dpopProof: (hash: string) => `trivium:{dpop:${hash}}:used`,
  /** String: what a client id metadata document says, as long as it is fresh; by the hash of its address. */
  metadataDocument: (hash: string) => `trivium:{document:${hash}}:metadata`,
  /** String: somebody is registering that document. */
  metadataDocumentTurn: (hash: string) => `trivium:{document:${hash}}:turn`,
  /** String: how many documents were fetched for this address lately. */
  metadataDocumentFetches: (hash: string) => `trivium:{document-fetches:${hash}}:count`,
  /** Hash: state of the budget's bucket. In one slot with the relay jobs: who begins one takes a slot of the budget along. */
  budget: (name: string, bucket: string) => `trivium:{relay}:budget:${name}:${bucket}`,
  /** Hash: one relay job's record. All of them share a slot, as their queue has one: a look-up's record is made only if no other does the same. */
  relayJob: (id: string) => `trivium:{relay}:job:${id}`,
  /** Hash: how the steps of a relay job stand that has some. */
  relaySteps: (id: string) => `trivium:{relay}:steps:${id}`,
  /** Hash: step → sealed: what it made. */
  relayStepResults: (id: string) => `trivium:{relay}:step-results:${id}`,
  /** Hash, by a look-up's keyed hash: id of the relay job that does it and has sent no call yet; whether it is shared. */
  relayFlight: (hash: string) => `trivium:{relay}:flight:${hash}`,
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
  /** Sorted set: `<import id>:<batch>` that has a place for an import job → until when, ms. */
  importJobLeases: 'trivium:{import-jobs}:leases',
  /** Sorted set: import that waits for a place → when it last asked, ms. */
  importJobsWaiting: 'trivium:{import-jobs}:waiting',
  /** Sorted set: import → when it was last given a place, ms. */
  importJobsGiven: 'trivium:{import-jobs}:given',
  /** Hash: while somebody else has places, there are fewer for us. */
  importJobLimit: 'trivium:{import-jobs}:limit',
  /** String: users a second that one import job creates. */
  importJobsPace: 'trivium:{import-jobs}:pace',
  /** Stream: events that were written together with a change of the registry, until they are in the audit log. */
  registryOutbox: 'trivium:{registry}:outbox',
  /** Stream: all other events, until they are in the audit log. */
  outbox: 'trivium:{events}:outbox',
  /** String: number of the last batch of events that this process put on the outbox. */
  lastBatch: (processId: string) => `trivium:{events}:last-batch:${processId}`,
  /** Sorted set: ids of events that were taken to the outbox from elsewhere. */
  handedOver: 'trivium:{events}:handed-over',
  /** String: which worker moves events from the outboxes to the audit log. */
  forwarder: 'trivium:{events}:forwarder',
  /** Set: tenants that have an audit log. */
  audited: 'trivium:{events}:audited',
  /** Stream: a tenant's audit log. */
  auditLog: (tenantId: string) => `trivium:{audit:${tenantId}}:events`,
  /** Hash: where it ends, where it begins, and how far each outbox was read for it. */
  auditHead: (tenantId: string) => `trivium:{audit:${tenantId}}:head`,
  /** Channel: tenants that have new events. */
  recorded: 'trivium:events:recorded',
  /** Hash: what the clients of a tenant used in an hour or on a day. */
  usage: (tenantId: string, interval: 'hour' | 'day', period: string) =>
    `trivium:{usage:${tenantId}}:${interval}:${period}`,
  /** String: number of the last batch that this process counted for the tenant. */
  lastUsageBatch: (tenantId: string, processId: string) =>
    `trivium:{usage:${tenantId}}:last-batch:${processId}`,
  /** Hash: how many requests a tenant was given in the current minute. */
  requestsOfTenant: (tenantId: string) => `trivium:{requests:${tenantId}}:tenant`,
  /** Hash: how many of those one caller was given. */
  requestsOf: (tenantId: string, kind: string, id: string) => `trivium:{requests:${tenantId}}:${kind}:${id}`,
  /** Set: ids of user imports that have not ended. */
  openImports: 'trivium:imports:open',
} as const;

/** BullMQ puts this before each of its keys; the braces keep a queue's keys in one slot. */
export const QUEUE_PREFIX = '{trivium}';
