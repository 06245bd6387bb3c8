/**
 * Marks that a sign-in under way wrote again after a person had left an organization. Such a mark says "guest" of somebody who is no member
 * any more, and keeps the person's home tenant from changing its own user. No order of removal avoids it, because the post-login Action
 * writes at the end of a sign-in what it found at its beginning; so the record is looked at once more when no such sign-in can be left.
 */
import { ManagementFailure } from '../../src/auth0/errors.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { LONGEST_SIGN_IN_S } from '../../src/registry/longest-token.ts';
import { onFailure, passes } from '../failures.ts';
import type { ManagementContext } from './performer.ts';
import { isMarkedBy } from './whose-user.ts';

type Context = Pick<ManagementContext, 'bulk' | 'marksToRemove' | 'tenants' | 'userMarksIn'>;

/** Entry of `marksToRemove`. User ids can have spaces, ids of organizations cannot. */
export const leftMark = (organization: string, userId: string): string => `${organization} ${userId}`;

/** Batches of a run: a minute or two of calls, so that other chores have their turn. */
const BATCHES = 10;

/**
 * Of those who left before the longest sign-in. Who has become a member again keeps the mark. What the authority refuses stays listed, and
 * keeps nobody else's.
 */
export async function removeLeftMarks(context: Context): Promise<void> {
  const { marksToRemove } = context;
  const failures: unknown[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const entries = await marksToRemove.olderThan(redisNow() - LONGEST_SIGN_IN_S * 1_000, failures.length);
    if (entries.length === 0) break;
    for (const entry of entries)
      await removeEntry(context, entry).catch((error: unknown) => {
        if (!(error instanceof ManagementFailure) || passes(error)) throw error;
        failures.push(error);
      });
  }
  if (failures.length > 0) throw failures[0];
}

async function removeEntry(context: Context, entry: string): Promise<void> {
  const at = entry.indexOf(' ');
  await removeLeftMark(context, entry.slice(0, at), entry.slice(at + 1));
  await context.marksToRemove.remove(entry);
}

async function removeLeftMark(context: Context, organization: string, userId: string): Promise<void> {
  const { bulk, tenants, userMarksIn } = context;
  const user = await bulk.getUser(userId).catch(onFailure('not_found', nobody));
  if (!user || !isMarkedBy(organization, user)) return;
  if ((await bulk.organizationsOf(userId)).includes(organization)) return;
  const updated = await bulk
    .updateUser(userId, { app_metadata: { [organization]: null } })
    .catch(onFailure('not_found', nobody));
  // Whoever wrote the mark may have let the person's tokens in again.
  const tenant = updated && (await tenants.organizationHolder(organization));
  if (tenant) await userMarksIn(tenant.id).removed(userId, updated.updated_at);
}

const nobody = () => undefined;
