/** For a command: reads the scopes that the API has at the authority, by one call within the budget of the workers. */
import { ManagementFailure } from '../src/auth0/errors.ts';
import { createManagement } from '../src/auth0/management.ts';
import type { ScopesOfApi } from '../src/auth0/api-scopes.ts';
import { describeRefusal } from '../src/auth0/refusal.ts';
import type { WorkerConfig } from '../src/config.ts';
import { readRedisClock } from '../src/redis/clock.ts';
import { connectForWaiting, untilReady } from '../src/redis/connections.ts';
import { Budget } from '../src/relay/budget.ts';
import { budgetedFetch } from './budgeted-fetch.ts';
import { managementTokenOf } from './management-token-of.ts';

/** @throws Error in words for the operator: why nothing is known */
export async function readApiScopes(config: WorkerConfig): Promise<NonNullable<ScopesOfApi>> {
  const redis = connectForWaiting(config);
  redis.on('error', () => undefined);
  let hidden: ManagementFailure | undefined;
  try {
    await untilReady(redis);
    await readRedisClock(redis);
    const management = createManagement({
      authorityUrl: config.AUTHORITY_URL,
      token: managementTokenOf(config),
      onHiddenScopes: (failure) => (hidden = failure),
    });
    const send = budgetedFetch({
      budget: new Budget(redis, config.AUTH0_PLAN),
      lane: 'interactive',
      timeoutMs: config.AUTHORITY_TIMEOUT_SECONDS * 1000,
    });
    const scopes = await management(send).readApiScopes(config.AUDIENCE);
    if (scopes) return scopes;
  } catch (cause) {
    throw new Error(`the API at the authority was not read: ${inWords(cause)}`, { cause });
  } finally {
    redis.disconnect();
  }
  throw new Error(
    hidden?.refusal
      ? `the workers may not read the API: the authority answered ${describeRefusal(hidden.refusal)}`
      : 'the authority has no API with your AUDIENCE as its identifier',
  );
}

/** Without what else an error holds: that of a refused Redis password contains the password. */
function inWords(error: unknown): string {
  if (error instanceof ManagementFailure && error.refusal)
    return `the authority answered ${describeRefusal(error.refusal)}`;
  return error instanceof Error ? error.message : String(error);
}
