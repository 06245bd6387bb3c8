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
};
