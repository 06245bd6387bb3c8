/** What was proved, what failed, and how much was let through lately. All of it goes by itself. */
import { defineKey, MINUTE_MS, HOUR_MS, DAY_MS } from '../key-definition.ts';

export const authenticationKeys = {
  registrationsFrom: defineKey('trivium:{registrations}:<address hash>', {
    type: 'string',
    holds: 'how many apps were registered from this address lately',
    bound: { expiresMs: HOUR_MS },
    writtenBy: 'API',
  }),
  verdict: defineKey('trivium:{api-key:<hash>}:verdict', {
    type: 'hash',
    holds: 'what is known of an API key, by its keyed hash',
    bound: { expiresMs: 31 * DAY_MS, entries: 16 },
    writtenBy: 'API',
  }),
  verdictLock: defineKey('trivium:{api-key:<hash>}:lock', {
    type: 'string',
    holds: 'who is asking the authority about an API key',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  failures: defineKey('trivium:{failures}:<of>:<hash>', {
    type: 'string',
    holds: 'how many API keys of this client or from this address were refused lately',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  dpopProof: defineKey('trivium:{dpop:<hash>}:used', {
    type: 'string',
    holds: 'this proof of possession was used; by the hash of its key and id',
    bound: { expiresMs: HOUR_MS },
    writtenBy: 'API',
  }),
  metadataDocument: defineKey('trivium:{document:<hash>}:metadata', {
    type: 'string',
    holds: 'what a client id metadata document says, as long as it is fresh; by the hash of its address',
    bound: { expiresMs: DAY_MS, bytes: 65_536 },
    writtenBy: 'API',
  }),
  metadataDocumentTurn: defineKey('trivium:{document:<hash>}:turn', {
    type: 'string',
    holds: 'somebody is registering that document',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  metadataDocumentFetches: defineKey('trivium:{document-fetches:<hash>}:count', {
    type: 'string',
    holds: 'how many documents were fetched for this address lately',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  requestsOfTenant: defineKey('trivium:{requests:<tenant>}:tenant', {
    type: 'hash',
    holds: 'how many requests a tenant was given in the current minute',
    bound: { expiresMs: 2 * MINUTE_MS, entries: 2 },
    writtenBy: 'API',
  }),
  requestsOf: defineKey('trivium:{requests:<tenant>}:<kind>:<id>', {
    type: 'hash',
    holds: 'how many of those one caller was given',
    bound: { expiresMs: 2 * MINUTE_MS, entries: 2 },
    writtenBy: 'API',
  }),
};
