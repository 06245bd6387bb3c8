import { Problem } from '../../src/problem.ts';
import { redisNow } from '../../src/redis/clock.ts';
import type { WithdrawConsentInput } from '../../src/relay/jobs/withdrawConsent.ts';
import type { ConsentsContext, Performer } from './performer.ts';

export const withdrawConsent: Performer<'withdrawConsent'> = async (context, input, { mayBeDone }) => {
  const found = await deleteConsent(context, input);
  if (!found && !mayBeDone) throw new Problem('not_found');
  return null;
};

/**
 * Also deletes the app's refresh tokens, so later tokens require a new consent. Tokens are revoked up to the later of both clocks: none
 * must slip through because Auth0's clock is ahead.
 * @returns whether there was one
 */
export async function deleteConsent(
  { consents, withdrawals }: Pick<ConsentsContext, 'consents' | 'withdrawals'>,
  { clientId, authorityClientId = clientId, isUnknown }: WithdrawConsentInput,
): Promise<boolean> {
  const { found, upTo } = await consents.delete(authorityClientId);
  const { userId } = consents;
  const seconds = Math.max(upTo, Math.floor(redisNow() / 1000));
  for (const organization of isUnknown ? [] : await consents.organizations())
    await withdrawals.close({ organization, userId, clientId }, seconds);
  return found;
}
