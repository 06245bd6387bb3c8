/** The outcome of what takes long is for a caller that may still call when it is there, not only when it asked. */
import { isRedisAway } from '../../redis/connections.ts';
import type { Context } from '../state.ts';
import { isRefusal } from './standing.ts';

/** The second in which a revocation must be seen (invariant 3). */
const KNOWN_MS = 1_000;

/** Once the request has arrived, and before anything is done. @throws Problem */
export async function refuseIfRevoked({ state }: Context): Promise<void> {
  if (state.standing && state.standing.age() > KNOWN_MS) await state.standing.recheck();
}

/** @returns what `work` does, or throws what it throws, unless the caller was refused meanwhile. @throws Problem */
export async function whileAllowed<T>(ctx: Context, work: () => T | Promise<T>): Promise<T> {
  let outcome: T;
  try {
    outcome = await work();
  } catch (error) {
    // That there is no such user is an outcome, too. That Redis is away is none, and its caller cannot be checked either.
    const cause = error instanceof Error ? error.cause : undefined;
    if (!isRedisAway(error) && !isRedisAway(cause)) await refuseIfRevoked(ctx).catch(onlyRefusals);
    throw error;
  }
  // A change was made, and its outcome is known: that the caller cannot be checked is no reason to keep it back.
  const isRead = ctx.state.matched.description.method === 'get';
  if (!concernsCaller(ctx)) await refuseIfRevoked(ctx).catch(isRead ? rethrow : onlyRefusals);
  return outcome;
}

/** A key that deletes itself, a user who leaves: then the outcome is what ended the right to it. */
function concernsCaller({ state: { principal, path, matched } }: Context): boolean {
  if (!principal || matched.description.method === 'get') return false;
  const own = ['userId' in principal && principal.userId, 'clientId' in principal && principal.clientId];
  return Object.values(path).some((id) => own.includes(id));
}

function onlyRefusals(error: unknown): void {
  if (isRefusal(error)) throw error;
}

function rethrow(error: unknown): void {
  throw error;
}
