/** Third-party apps, their registrations, consents, and decisions on them. */
import { defineKey, DAY_MS } from '../key-definition.ts';

/** How long users count for whom an app acted. */
export const APP_USERS_MS = 30 * DAY_MS;
export const MAX_APP_USERS = 100_000;

export const appsKeys = {
  documentApps: defineKey('trivium:{registry}:document-apps', {
    type: 'hash',
    holds: 'client id at the authority of an app with a client id metadata document → URL of the document',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  unwrittenApps: defineKey('trivium:{registry}:unwritten-apps', {
    type: 'set',
    holds: 'client ids of changed apps whose `client_metadata` at the authority is not updated yet',
    bound: { perEntity: 'client' },
    writtenBy: 'API, workers',
  }),
  apps: defineKey('trivium:{registry}:apps', {
    type: 'zset',
    holds: 'client id of an app → registration time, ms',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  vouchedApps: defineKey('trivium:{registry}:vouched-apps', {
    type: 'set',
    holds: 'client ids of apps, and ids of running registrations, that have a voucher',
    bound: { perEntity: 'app', times: 2 },
    writtenBy: 'API, workers',
  }),
  vouchedAppsOf: defineKey('trivium:{registry}:vouched-apps-of:<tenant>', {
    type: 'set',
    holds: 'members of `vouched-apps` that this tenant vouched for',
    bound: { perEntity: 'app', times: 2 },
    writtenBy: 'API, workers',
  }),
  appMetadata: defineKey('trivium:{registry}:app-metadata', {
    type: 'hash',
    holds: 'client id of an app → its client metadata, encrypted',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  appUse: defineKey('trivium:{registry}:app-use', {
    type: 'hash',
    holds: '`<client id>:last` (last use) and `<client id>:until` (latest token expiry) of apps, ms',
    bound: { perEntity: 'app', times: 2 },
    writtenBy: 'API',
  }),
  consentedTo: defineKey('trivium:{registry}:consented-to:<app>', {
    type: 'set',
    holds: 'users, with the organization, if any, for whose consent to this app an event was recorded',
    bound: {
      entries: 100_000,
      by: 'record-consent.lua: evicts one beyond that; its event is then recorded again',
    },
    writtenBy: 'API',
  }),
  appUsers: defineKey('trivium:{registry}:app-users:<tenant>:<app>', {
    type: 'zset',
    holds:
      'user of this tenant, with the organization, if any, for whom the app acted → when last, to the hour, ms',
    bound: { expiresMs: APP_USERS_MS, entries: MAX_APP_USERS, by: 'record-consent.lua: drops the oldest' },
    writtenBy: 'API',
  }),
  appReviews: defineKey('trivium:{registry}:app-reviews', {
    type: 'zset',
    holds: 'client id of an app → time of its next check for being unused, ms',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  newestAlike: defineKey('trivium:{registry}:newest-alike', {
    type: 'hash',
    holds: 'keyed hash of client metadata and caller address → client id of the newest app with both',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  appDecisions: defineKey('trivium:{registry}:app-decisions:<app>', {
    type: 'hash',
    holds: 'tenant id → its decision on this app',
    bound: { perEntity: 'tenant' },
    writtenBy: 'API',
  }),
  appsOf: defineKey('trivium:{registry}:apps-of:<tenant>', {
    type: 'zset',
    holds: 'client id of an app relevant to this tenant → since when, ms',
    bound: { entries: 10_000, by: 'app-use.ts: evicts the oldest' },
    writtenBy: 'API',
  }),
  registration: defineKey('trivium:{registry}:registration:<id>', {
    type: 'string',
    holds:
      'outcome of a registration: client id of its app, or `abandoned` with the client id of the app that it had entered, if any',
    bound: { expiresMs: 8 * DAY_MS },
    writtenBy: 'API, workers',
  }),
  unfinishedRegistrations: defineKey('trivium:{registry}:unfinished-registrations', {
    type: 'zset',
    holds: 'id of a registration whose caller has not been answered → since when, ms',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  withdrawal: defineKey('trivium:{registry}:withdrawal:<consent>', {
    type: 'string',
    holds: 'time up to which tokens issued to this app for this user in one tenant are refused',
    bound: { expiresMs: 31 * DAY_MS },
    writtenBy: 'API, workers',
  }),
  unfinishedWithdrawals: defineKey('trivium:{registry}:unfinished-withdrawals', {
    type: 'zset',
    holds:
      '`<tenant> <user id> <client id>` of a withdrawn consent whose grant is not deleted at the authority yet → since when, ms',
    bound: { perEntity: 'consent' },
    writtenBy: 'API, workers',
  }),
};
