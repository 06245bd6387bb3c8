/** Keys of the gateway to the operator's own services. */
import { DAY_MS, defineKey } from '../key-definition.ts';

export const gatewayKeys = {
  signingKeys: defineKey('trivium:signing-keys', {
    type: 'hash',
    holds: 'ordinal → private key that signs principal tokens, encrypted',
    bound: {
      expiresMs: 180 * DAY_MS,
      entries: 4,
      by: 'signing-keys.ts: removes a key when its successor has been used for a day',
    },
    writtenBy: 'API',
  }),
  keyedRequest: defineKey('trivium:{keyed:<tenant>}:request:<id>', {
    type: 'hash',
    holds:
      'a request to a service with an idempotency key: keyed hash of its content, state, and the encrypted answer, of 80 KiB at most',
    bound: { expiresMs: DAY_MS, entries: 6 },
    writtenBy: 'API',
  }),
  keyedRequests: defineKey('trivium:{keyed:<tenant>}:requests', {
    type: 'zset',
    holds: 'id of a request to a service with an idempotency key → when it expires, ms',
    bound: {
      expiresMs: DAY_MS,
      entries: 10_000_000,
      by: '`IDEMPOTENCY_KEYS_PER_TENANT`: begin-keyed-request.lua refuses others',
    },
    writtenBy: 'API',
  }),
  keyedAnswers: defineKey('trivium:{keyed:<tenant>}:answers', {
    type: 'zset',
    holds: 'size and id of each kept answer of a service → when it was kept, ms',
    bound: {
      expiresMs: DAY_MS,
      entries: 10_000_000,
      by: 'keep-answer.lua: deletes the oldest answers beyond 64 MiB of a tenant',
    },
    writtenBy: 'API',
  }),
  keyedAnswerBytes: defineKey('trivium:{keyed:<tenant>}:answer-bytes', {
    type: 'string',
    holds: 'sum of the sizes of these answers',
    bound: { expiresMs: DAY_MS, bytes: 16 },
    writtenBy: 'API',
  }),
};
