/** Adoptions of users who existed at the authority before. */
import { defineKey, DAY_MS, HOUR_MS } from '../key-definition.ts';

export const adoptionsKeys = {
  adoption: defineKey('trivium:{adoptions}:<id>:state', {
    type: 'hash',
    holds:
      'state and counts of an adoption; users that are being changed; events not moved to the outbox yet',
    bound: { expiresMs: 7 * DAY_MS, entries: 64 },
    writtenBy: 'workers',
  }),
  adoptionUsers: defineKey('trivium:{adoptions}:<id>:users', {
    type: 'list',
    holds: 'ids of users with an outcome, in the order in which they had it',
    bound: { expiresMs: 7 * DAY_MS, entries: 100_100, by: '`max_users`' },
    writtenBy: 'workers',
  }),
  adoptionOutcomes: defineKey('trivium:{adoptions}:<id>:outcomes', {
    type: 'hash',
    holds: 'id of a user → its outcome',
    bound: { expiresMs: 7 * DAY_MS, entries: 100_100, by: '`max_users`' },
    writtenBy: 'workers',
  }),
  adoptionClaim: defineKey('trivium:{adoptions}:claim:<what>', {
    type: 'string',
    holds: 'lock of a user or client that is being adopted: id of the relay job',
    bound: { expiresMs: HOUR_MS },
    writtenBy: 'workers',
  }),
};
