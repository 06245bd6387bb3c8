import { Problem } from '../../src/problem.ts';
import { redisNow } from '../../src/redis/clock.ts';
import type { WithdrawConsentInput } from '../../src/relay/jobs/withdrawConsent.ts';
import type { ConsentsContext, Performer } from './performer.ts';

export const withdrawConsent: Performer<'withdrawConsent'> = async (context, input, { mayHaveRun }) => {
  const found = await deleteConsent(context, context.tenantId, input);
  if (!found && !mayHaveRun) throw new Problem('not_found');
  return null;
};

/**
 * Also deletes the app's refresh tokens, so later tokens require a new consent. Tokens are revoked up to the later of both clocks: none
 * must slip through because Auth0's clock is ahead.
 * @param tenantId undefined: of a withdrawal from before they were of one tenant
 * @returns whether there was one
 */
export async function deleteConsent(
  { consents, withdrawals }: Pick<ConsentsContext, 'consents' | 'withdrawals'>,
  tenantId: string | undefined,
  { clientId, authorityClientId = clientId, isUnknown }: WithdrawConsentInput,
): Promise<boolean> {
  const { found, upTo, organizations } = await consents.delete(authorityClientId);
  const { userId } = consents;
  const seconds = Math.max(upTo, Math.floor(redisNow() / 1000));
  if (!isUnknown) await withdrawals.close({ tenantId, userId, clientId }, seconds, organizations);
  return found;
}
