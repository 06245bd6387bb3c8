/**
 * `fetch` for the Management API: each call takes a slot of the budget first, reports the rate limit headers of its answer to the budget,
 * and is repeated when the rate limit refused it.
 */
import { endpointGroupOf } from '../src/auth0/endpoint-group.ts';
import { NotSent } from '../src/auth0/errors.ts';
import { httpCall } from '../src/auth0/http-call.ts';
import type { SendCall } from '../src/auth0/management.ts';
import {
  isImportJobsBusy,
  namesGroupLimit,
  pauseAfter,
  readRateLimit,
  type RateLimit,
} from '../src/auth0/rate-limit-fields.ts';
import type { EndpointGroup } from '../src/plans.ts';
import type { Budget } from '../src/relay/budget.ts';
import type { Lane } from '../src/relay/lanes.ts';
import type { CallRules } from './call-rules.ts';

interface Parts extends Partial<CallRules> {
  budget: Budget;
  lane: Lane;
  /** Timeout of one call, from sending it. */
  timeoutMs: number;
}

/** Most refusals of a call. A refused call was not executed, so repeating it is safe. */
const MAX_REFUSALS = 8;

export function budgetedFetch({
  budget,
  lane,
  timeoutMs,
  beforeCall,
  whileWaiting,
  takeSlot,
  line,
}: Parts): SendCall {
  return async (url, init) => {
    const group = endpointGroupOf(init.method ?? 'GET', url);
    for (let refusals = 1; ; refusals += 1) {
      try {
        const signal = whileWaiting?.();
        await (takeSlot ? takeSlot(group, signal) : budget.take(lane, group, signal, line));
        await beforeCall?.({ isWrite: (init.method ?? 'GET') !== 'GET' });
      } catch (cause) {
        throw new NotSent(cause);
      }
      const response = await httpCall(url, init, timeoutMs);
      const rateLimit = readRateLimit(response.headers);
      if (response.status !== 429) {
        learn(budget, group, rateLimit);
        return response;
      }
      if (await isImportJobsBusy(response)) return response;
      await budget.refused(group, pauseAfter(rateLimit, refusals), {
        isOfGroup: await namesGroupLimit(response),
      });
      if (refusals === MAX_REFUSALS) return response;
      await response.body?.cancel();
    }
  };
}

/** Not awaited, and after the caller's continuation: the next update replaces a lost one. */
function learn(budget: Budget, group: EndpointGroup, { limit, remaining }: RateLimit): void {
  if (limit === undefined || remaining === undefined) return;
  setImmediate(() => void budget.learn(group, { limit, remaining }).catch(() => undefined));
}
