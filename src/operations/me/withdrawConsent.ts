import { redisNow } from '../../redis/clock.ts';
import { afterChange } from '../../redis/unanswered.ts';
import { authorityIdOf } from '../../registry/apps.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';

/** The second of the withdrawal must be over before new tokens can be told from old ones; this limits the wait. */
const MAX_PAUSE_MS = 1_500;

/** The registry blocks the app first; then the grant at Auth0 is deleted. */
export const withdrawConsent: Operation<'withdrawConsent', 'apps' | 'withdrawals' | Relaying> = async (
  call,
) => {
  const { path, principal, services } = call;
  const { tenantId, userId } = principal;
  const clientId = path.client_id;
  // An unknown app is handled the same way: the answer reveals nothing except about this user's consent.
  const stored = await services.apps.read(clientId);
  const withdrawal = { tenantId, userId, clientId };
  if (stored) await services.withdrawals.open(withdrawal);
  const input = {
    clientId,
    authorityClientId: stored ? authorityIdOf(stored.app) : clientId,
    isUnknown: stored ? undefined : (true as const),
  };
  const answer = await (stored
    ? afterChange(() => relayed(call, input, toAnswer))
    : relayed(call, input, toAnswer));
  if (answer.status === 204) {
    const { upTo = 0 } = (await services.withdrawals.read(withdrawal)) ?? {};
    const pauseMs = Math.min((upTo + 1) * 1000 - redisNow(), MAX_PAUSE_MS);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return answer;
};

export const toAnswer: RelayedAnswer<'withdrawConsent'> = () => ({ status: 204 });
