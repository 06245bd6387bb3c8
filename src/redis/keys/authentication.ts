/** Validation results, failed attempts and rate limit counters. All of them expire. */
import { defineKey, MINUTE_MS, HOUR_MS, DAY_MS } from '../key-definition.ts';

export const authenticationKeys = {
  registrationsFrom: defineKey('trivium:{registrations}:<address hash>', {
    type: 'string',
    holds: 'number of recent app registrations from this address',
    bound: { expiresMs: HOUR_MS },
    writtenBy: 'API',
  }),
  verdict: defineKey('trivium:{api-key:<hash>}:verdict', {
    type: 'hash',
    holds: 'validation result of an API key, by its keyed hash',
    bound: { expiresMs: 31 * DAY_MS, entries: 16 },
    writtenBy: 'API',
  }),
  verdictLock: defineKey('trivium:{api-key:<hash>}:lock', {
    type: 'string',
    holds: 'lock: the process that is validating an API key at the authority',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  failures: defineKey('trivium:{failures}:<of>:<hash>', {
    type: 'string',
    holds: 'number of recent failed API key attempts of this client or from this address',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  dpopProof: defineKey('trivium:{dpop:<hash>}:used', {
    type: 'string',
    holds: 'marks a DPoP proof as used, by the hash of its key and `jti`',
    bound: { expiresMs: HOUR_MS },
    writtenBy: 'API',
  }),
  metadataDocument: defineKey('trivium:{document:<hash>}:metadata', {
    type: 'string',
    holds: 'cached client id metadata document, by the hash of its URL',
    bound: { expiresMs: DAY_MS, bytes: 65_536 },
    writtenBy: 'API',
  }),
  metadataDocumentTurn: defineKey('trivium:{document:<hash>}:turn', {
    type: 'string',
    holds: 'lock: a process is registering the app of that document',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  metadataDocumentFetches: defineKey('trivium:{document-fetches:<hash>}:count', {
    type: 'string',
    holds: 'number of documents recently fetched for this caller address',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  requestsOfTenant: defineKey('trivium:{requests:<tenant>}:tenant', {
    type: 'hash',
    holds: 'number of requests of a tenant in the current minute',
    bound: { expiresMs: 2 * MINUTE_MS, entries: 2 },
    writtenBy: 'API',
  }),
  requestsOfService: defineKey('trivium:{service-requests:<service>}:count', {
    type: 'string',
    holds:
      'number of requests of a service that records events, in the minute that began with the first of them',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API',
  }),
  requestsOf: defineKey('trivium:{requests:<tenant>}:<kind>:<id>', {
    type: 'hash',
    holds: 'number of requests of one caller in the current minute',
    bound: { expiresMs: 2 * MINUTE_MS, entries: 2 },
    writtenBy: 'API',
  }),
};
