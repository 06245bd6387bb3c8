import { authorityOf } from '../../authorization/roles.ts';
import { refuseBeyondScopes } from './refuse-beyond-scopes.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';

/** Auth0's own default: five days. */
const LIFETIME_SECONDS = 432_000;

export const createPasswordReset: Operation<'createPasswordReset', 'registry' | Relaying> = async (call) => {
  // Also for a retry, whose link was created before the user's roles changed.
  await refuseBeyondScopes(call.services, call.principal, call.path.user_id);
  return relayed(
    call,
    {
      userId: call.path.user_id,
      authority: authorityOf(call.principal),
      lifetimeSeconds: call.body?.lifetime_seconds ?? LIFETIME_SECONDS,
    },
    toAnswer,
  );
};

export const toAnswer: RelayedAnswer<'createPasswordReset'> = ({ url, expiresAt }) => ({
  status: 201,
  body: { reset_url: url, expires_at: expiresAt },
  headers: { 'Cache-Control': 'no-store' },
});
