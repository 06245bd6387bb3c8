/** JSON Schema of the file that `SERVICES` names. */

/** Auth0 takes more; blanks separate scopes, and quotation marks end them in `WWW-Authenticate` (RFC 6749 section 3.3). */
const SCOPE = { type: 'string', pattern: '^[!#-\\[\\]-~]{1,280}$' };
const SCOPES = { type: 'array', items: SCOPE, minItems: 1, uniqueItems: true };
/** Timers take at most 24 days. */
const DURATION = { type: 'string', pattern: '^[1-9](\\d{0,6}ms|\\d{0,5}s|\\d{0,3}m)$' };
const SIZE = { type: 'string', pattern: '^[1-9]\\d{0,6}(B|KiB|MiB|GiB)$' };
const ADDRESS = { type: 'string', pattern: '^https?://[^/?#@\\s]+(/[^?#\\s]*)?$' };

const EVENT = '^[a-z]+(_[a-z]+)*\\.[a-z]+(_[a-z]+)*$';
/** What webhooks may subscribe to and audit logs can be searched for. */
const EVENT_LENGTH = 100;

/** Also the value of `x-trivium` at an operation of a service's own document. */
export const OPERATION_SCHEMA = {
  type: 'object',
  properties: {
    user: SCOPES,
    apiKey: SCOPES,
    app: SCOPES,
    event: { type: 'string', pattern: EVENT, maxLength: EVENT_LENGTH },
    timeout: DURATION,
    idleTimeout: DURATION,
    stream: { type: 'boolean' },
    websocket: { type: 'boolean' },
    idempotency: { type: 'boolean' },
    maxBody: SIZE,
  },
  anyOf: [{ required: ['user'] }, { required: ['apiKey'] }, { required: ['app'] }],
  additionalProperties: false,
};

export const SERVICES_SCHEMA = {
  type: 'object',
  properties: {
    roles: {
      type: 'object',
      propertyNames: { pattern: '^[a-z][a-z0-9_-]{0,63}$' },
      additionalProperties: SCOPES,
    },
    scopes: {
      type: 'object',
      propertyNames: SCOPE,
      additionalProperties: { type: 'string', minLength: 3, maxLength: 200 },
    },
    services: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z][a-z0-9-]{0,31}$' },
      additionalProperties: {
        type: 'object',
        properties: {
          contract: { type: 'string', minLength: 1 },
          url: { oneOf: [ADDRESS, { type: 'array', items: ADDRESS, minItems: 1, uniqueItems: true }] },
          prefix: { type: 'string', pattern: '^(/[A-Za-z0-9._~-]+)+$' },
          keepPrefix: { type: 'boolean' },
          ca: { type: 'string', minLength: 1 },
          answers: { enum: ['off', 'log', 'enforce'] },
          cookies: { type: 'boolean' },
          plainHeaders: { type: 'boolean' },
          maxConcurrent: { type: 'integer', minimum: 1, maximum: 100_000 },
          connectTimeout: DURATION,
          events: {
            type: 'object',
            minProperties: 1,
            propertyNames: { pattern: EVENT, maxLength: EVENT_LENGTH },
            additionalProperties: { type: 'string', minLength: 3, maxLength: 200 },
          },
          secretFile: { type: 'string', minLength: 1 },
          operations: { type: 'object', additionalProperties: OPERATION_SCHEMA },
        },
        required: ['contract', 'url', 'prefix'],
        additionalProperties: false,
      },
    },
  },
  required: ['services'],
  additionalProperties: false,
};
