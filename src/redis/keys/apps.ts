/** Third-party apps, their registrations, and what users and tenants decide on them. */
import { defineKey, DAY_MS } from '../key-definition.ts';

export const appsKeys = {
  documentApps: defineKey('trivium:{registry}:document-apps', {
    type: 'hash',
    holds: 'id at the authority of an app that came by a metadata document → address of the document',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  unwrittenApps: defineKey('trivium:{registry}:unwritten-apps', {
    type: 'set',
    holds: 'client ids of apps that were changed, and whose client does not say so yet',
    bound: { perEntity: 'client' },
    writtenBy: 'API, workers',
  }),
  apps: defineKey('trivium:{registry}:apps', {
    type: 'zset',
    holds: 'client id of an app → when it was registered, ms',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  vouchedApps: defineKey('trivium:{registry}:vouched-apps', {
    type: 'set',
    holds: 'client ids of apps, and ids of registrations under way, that somebody vouched for',
    bound: { perEntity: 'app', times: 2 },
    writtenBy: 'API, workers',
  }),
  vouchedAppsOf: defineKey('trivium:{registry}:vouched-apps-of:<tenant>', {
    type: 'set',
    holds: 'those of them that this tenant vouched for',
    bound: { perEntity: 'app', times: 2 },
    writtenBy: 'API, workers',
  }),
  appMetadata: defineKey('trivium:{registry}:app-metadata', {
    type: 'hash',
    holds: 'client id of an app → what it registered, sealed',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  appUse: defineKey('trivium:{registry}:app-use', {
    type: 'hash',
    holds: '`<client id>:last` and `<client id>:until` (end of its longest-lived token) of apps, ms',
    bound: { perEntity: 'app', times: 2 },
    writtenBy: 'API',
  }),
  consentedTo: defineKey('trivium:{registry}:consented-to:<app>', {
    type: 'set',
    holds: 'users of whose consent to this app was told',
    bound: { entries: 100_000, by: 'record-consent.lua: beyond that one is forgotten, and told of again' },
    writtenBy: 'API',
  }),
  appReviews: defineKey('trivium:{registry}:app-reviews', {
    type: 'zset',
    holds: 'client id of an app → when to look whether it is dead, ms',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  newestAlike: defineKey('trivium:{registry}:newest-alike', {
    type: 'hash',
    holds: 'keyed hash of what was registered and from where → client id of the newest app that is so',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  appDecisions: defineKey('trivium:{registry}:app-decisions:<app>', {
    type: 'hash',
    holds: 'tenant id → what it decided on this app',
    bound: { perEntity: 'tenant' },
    writtenBy: 'API',
  }),
  appsOf: defineKey('trivium:{registry}:apps-of:<tenant>', {
    type: 'zset',
    holds: 'client id of an app that concerns this tenant → since when, ms',
    bound: { entries: 10_000, by: 'app-use.ts: the oldest go' },
    writtenBy: 'API',
  }),
  registration: defineKey('trivium:{registry}:registration:<id>', {
    type: 'string',
    holds:
      'how a registration ended: client id of its app, or `abandoned`, with that of an app that it had entered',
    bound: { expiresMs: 8 * DAY_MS },
    writtenBy: 'API, workers',
  }),
  unfinishedRegistrations: defineKey('trivium:{registry}:unfinished-registrations', {
    type: 'zset',
    holds: 'id of a registration that nobody has been told of → since when, ms',
    bound: { perEntity: 'app' },
    writtenBy: 'API, workers',
  }),
  withdrawal: defineKey('trivium:{registry}:withdrawal:<consent>', {
    type: 'string',
    holds: 'up to when tokens of this app for this user are refused',
    bound: { expiresMs: 31 * DAY_MS },
    writtenBy: 'API, workers',
  }),
  unfinishedWithdrawals: defineKey('trivium:{registry}:unfinished-withdrawals', {
    type: 'zset',
    holds: '`<user id> <client id>` whose consent is still to be deleted at the authority → since when, ms',
    bound: { perEntity: 'consent' },
    writtenBy: 'API, workers',
  }),
};
