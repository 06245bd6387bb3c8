import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

/** Auth0's own default: five days. */
const LIFETIME_SECONDS = 432_000;

export const createPasswordReset: Operation<'createPasswordReset'> = (call) =>
  relayed(call, {
    tenantId: call.principal.tenantId,
    userId: call.path.user_id,
    lifetimeSeconds: call.body?.lifetime_seconds ?? LIFETIME_SECONDS,
  });
