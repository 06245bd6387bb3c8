import { Problem } from '../../src/problem.ts';
import type { WithdrawConsentInput } from '../../src/relay/jobs/withdrawConsent.ts';
import type { Bench, Performer } from './performer.ts';
import { redisNow } from '../../src/redis/clock.ts';

export const withdrawConsent: Performer<WithdrawConsentInput, null> = async (bench, input, { mayBeDone }) => {
  const found = await deleteConsent(bench, input);
  if (!found && !mayBeDone) throw new Problem('not_found');
  return null;
};

type Needed = Pick<Bench, 'audience' | 'management' | 'withdrawals'>;

/**
 * With it go its refresh tokens, so whatever is issued later follows a new consent. Up to when, is told by whichever clock is ahead:
 * a token must not slip through because the authority's is.
 * @returns whether there was one
 */
export async function deleteConsent(
  { audience, management, withdrawals }: Needed,
  { userId, clientId, authorityClientId = clientId, isUnknown }: WithdrawConsentInput,
): Promise<boolean> {
  const grants = (await management.listGrants({ user_id: userId })).filter(
    (grant) =>
      grant.user_id === userId && grant.clientID === authorityClientId && grant.audience === audience,
  );
  let theirs = 0;
  for (const { id } of grants) theirs = Math.max(theirs, (await management.deleteGrant(id)) ?? 0);
  if (!isUnknown) await withdrawals.close(userId, clientId, Math.max(theirs, Math.floor(redisNow() / 1000)));
  return grants.length > 0;
}
