/** Gives the outcome of a long operation only to a caller that may still call when it is available. */
import { isRedisAway } from '../../redis/connections.ts';
import type { Context } from '../state.ts';
import { isRefusal } from './standing.ts';

/** A revocation must take effect within a second (invariant 3). */
const KNOWN_MS = 1_000;

/**
 * Whatever a request has waited for (its body, limits, a proof): who was revoked meanwhile changes and reads nothing. Returns a promise only
 * where the caller has to be checked again.
 * @throws Problem
 */
export function refuseIfRevoked({ state }: Context): void | Promise<void> {
  if (performance.now() - state.started <= KNOWN_MS) return;
  if (state.standing && state.standing.age() > KNOWN_MS) return state.standing.recheck();
}

/**
 * @returns the result of `work`, or rethrows its error, unless the caller was refused meanwhile
 * @throws Problem
 */
export async function whileAllowed<T>(ctx: Context, work: () => T | Promise<T>): Promise<T> {
  let outcome: T;
  try {
    outcome = await work();
  } catch (error) {
    // `not_found` is an outcome, too. A lost Redis connection is not, and then the caller cannot be checked either.
    const cause = error instanceof Error ? error.cause : undefined;
    if (!isRedisAway(error) && !isRedisAway(cause)) await refuseIfRevoked(ctx)?.catch(onlyRefusals);
    throw error;
  }
  // A change was made and its outcome is known: report it even when the caller cannot be checked.
  const isRead = ctx.state.matched.description.method === 'get';
  if (!concernsCaller(ctx)) await refuseIfRevoked(ctx)?.catch(isRead ? rethrow : onlyRefusals);
  return outcome;
}

/** A key that deletes itself, or a user who leaves: the change itself ended the permission to see its outcome. */
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
