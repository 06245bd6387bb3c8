/** The registry: tenants, clients, initial access tokens, and their pending clean-ups. */
import { defineKey, DAY_MS } from '../key-definition.ts';

export const registryKeys = {
  exchanges: defineKey('trivium:{exchanges}:<month>', {
    type: 'hash',
    holds:
      'number of API key exchanges (client-credentials grants) in a month, and the token lifetime of the last one',
    bound: { expiresMs: 60 * DAY_MS, entries: 2 },
    writtenBy: 'API',
  }),
  tenants: defineKey('trivium:{registry}:tenants', {
    type: 'hash',
    holds: 'tenant id → tenant',
    bound: { perEntity: 'tenant' },
    writtenBy: 'API, workers',
  }),
  emailDomains: defineKey('trivium:{registry}:email-domains', {
    type: 'hash',
    holds: 'domain of email addresses → id of the tenant whose users have them',
    bound: { perEntity: 'tenant', times: 20 },
    writtenBy: 'API, workers',
  }),
  tenantsWithOrganization: defineKey('trivium:{registry}:tenants-with-organization', {
    type: 'set',
    holds: 'ids of tenants that are organizations, or are becoming one',
    bound: { perEntity: 'tenant' },
    writtenBy: 'API, workers',
  }),
  tenantsChangingOver: defineKey('trivium:{registry}:tenants-changing-over', {
    type: 'set',
    holds: 'ids of tenants that change over',
    bound: { perEntity: 'tenant' },
    writtenBy: 'API, workers',
  }),
  retiredTenants: defineKey('trivium:{registry}:retired-tenants', {
    type: 'hash',
    holds: 'id of a deleted tenant → deletion time; the id is never reused',
    bound: { entries: 1_000_000, by: 'change-tenant.lua: evicts one beyond that' },
    writtenBy: 'workers',
  }),
  unfinishedTenants: defineKey('trivium:{registry}:unfinished-tenants', {
    type: 'zset',
    holds: '`<relay job> <tenant>` of a tenant provisioning that may need a clean-up → since when, ms',
    bound: {
      entries: 100_000,
      by: 'pending-cleanups.ts: evicts the oldest; reconciliation finds what they left',
    },
    writtenBy: 'workers',
  }),
  marksToRemove: defineKey('trivium:{registry}:marks-to-remove', {
    type: 'zset',
    holds:
      '`<organization> <user>` of a person who left a tenant, whose record is looked at again → since when, ms',
    bound: { entries: 100_000, by: 'pending-cleanups.ts: evicts the oldest' },
    writtenBy: 'workers',
  }),
  unwrittenTenants: defineKey('trivium:{registry}:unwritten-tenants', {
    type: 'set',
    holds: 'changed tenants whose settings at the authority are not updated yet',
    bound: { perEntity: 'tenant', times: 2 },
    writtenBy: 'API, workers',
  }),
  reportedDrifts: defineKey('trivium:{registry}:told-drifts', {
    type: 'set',
    holds:
      '`<what> <client id>` of differences between registry and authority that were reported and still exist',
    bound: { perEntity: 'client', times: 10 },
    writtenBy: 'workers',
  }),
  accountCheck: defineKey('trivium:{registry}:account-check', {
    type: 'string',
    holds:
      'the last comparison of the account with what Trivium needs: when, parts that were compared, differences as `<part> <what>`',
    bound: { bytes: 524_288, by: 'check-account.ts: keeps 100 differences of each part' },
    writtenBy: 'workers',
  }),
  registryBorn: defineKey('trivium:{registry}:born', {
    type: 'string',
    holds: 'time since when this registry is complete; absent after a loss of Redis, and at the first start',
    bound: { bytes: 64, by: 'a time' },
    writtenBy: 'workers',
  }),
  strayClients: defineKey('trivium:{registry}:stray-clients', {
    type: 'zset',
    holds: 'client id that only the authority or only the registry knows → time of its first detection, ms',
    bound: { perEntity: 'client' },
    writtenBy: 'workers',
  }),
  clients: defineKey('trivium:{registry}:clients', {
    type: 'hash',
    holds: 'client id → registered client',
    bound: { perEntity: 'client' },
    writtenBy: 'API, workers',
  }),
  origins: defineKey('trivium:{registry}:origins', {
    type: 'hash',
    holds: 'origin of single-page apps of tenants → their client ids, separated by spaces',
    bound: { perEntity: 'client', times: 20 },
    writtenBy: 'API, workers',
  }),
  registryChanges: defineKey('trivium:{registry}:changes', {
    type: 'stream',
    holds: 'changes of the registry, newest last; each process reads on from its last position',
    bound: { entries: 11_000, by: 'KEPT_CHANGES, trimmed in whole nodes of the stream' },
    writtenBy: 'API, workers',
  }),
  apiKeysOf: defineKey('trivium:{registry}:api-keys-of:<tenant>', {
    type: 'set',
    holds: 'client ids of the API keys of a tenant',
    bound: { perEntity: 'API key' },
    writtenBy: 'API, workers',
  }),
  apiKeyDeadlines: defineKey('trivium:{registry}:api-key-deadlines', {
    type: 'zset',
    holds: 'client id of an API key → its expiry, ms',
    bound: { perEntity: 'API key' },
    writtenBy: 'API, workers',
  }),
  apiKeyUse: defineKey('trivium:{registry}:api-key-use', {
    type: 'hash',
    holds: '`<client id>:uses` and `<client id>:last` of API keys',
    bound: { perEntity: 'API key', times: 2 },
    writtenBy: 'API',
  }),
  clientsToDelete: defineKey('trivium:{registry}:leaving-clients', {
    type: 'zset',
    holds: 'client id that is not deleted at the authority yet → since when, ms',
    bound: { perEntity: 'client' },
    writtenBy: 'API, workers',
  }),
  unfinishedKeys: defineKey('trivium:{registry}:unfinished-api-keys', {
    type: 'zset',
    holds: 'id of an API key that is being created → since when, ms',
    bound: {
      entries: 100_000,
      by: 'pending-cleanups.ts: evicts the oldest; reconciliation finds what they left',
    },
    writtenBy: 'workers',
  }),
  userMark: defineKey('trivium:{registry}:user-mark:<id>', {
    type: 'hash',
    holds:
      'recent changes of a user in one tenant (`<tenant> <user>`) that overrule its older access tokens there (`UserMark`); deletion of an API key (`<client id>`) whose jobs may still be pending',
    bound: { expiresMs: 31 * DAY_MS, entries: 8 },
    writtenBy: 'API, workers',
  }),
  initialAccessToken: defineKey('trivium:{registry}:initial-access-token:<id>', {
    type: 'hash',
    holds: 'an initial access token, as a keyed hash',
    bound: { expiresMs: 90 * DAY_MS, entries: 16 },
    writtenBy: 'API, workers',
  }),
  initialAccessTokensOf: defineKey('trivium:{registry}:initial-access-tokens-of:<issuer>', {
    type: 'zset',
    holds: 'id of an initial access token of this issuer → when it expires, ms',
    bound: { entries: 10_000, by: '`INITIAL_ACCESS_TOKENS_PER_ISSUER`' },
    writtenBy: 'API',
  }),
};
