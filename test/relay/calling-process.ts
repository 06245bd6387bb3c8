/** A process that makes calls to the Management API as a worker does. Told by messages: what to call, and then when to begin. */
import { parsePlan } from '../../src/plans.ts';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { Budget } from '../../src/relay/budget.ts';
import type { Lane } from '../../src/relay/lanes.ts';
import { budgetedFetch } from '../../workers/budgeted-fetch.ts';

export interface Calling {
  redis: string;
  plan: string;
  /** How late calls may be: `Budget`. */
  jitterMs: number;
  token: string;
  calls: { lane: Lane; method: string; url: string }[];
}

process.once('message', (message) => void prepare(message as Calling));

async function prepare({ redis: url, plan, jitterMs, token, calls }: Calling): Promise<void> {
  const redis = connectForWaiting(url);
  await untilReady(redis);
  const budget = new Budget(redis, parsePlan(plan)!, 'management', jitterMs);
  const send = { interactive: sender('interactive'), bulk: sender('bulk') };
  function sender(lane: Lane) {
    return budgetedFetch({ budget, lane, timeoutMs: 30_000 });
  }
  process.once('message', () => {
    const made = calls.map(({ lane, method, url }) =>
      send[lane](new URL(url), { method, headers: { authorization: `Bearer ${token}` } }),
    );
    void Promise.all(made).then((answers) => {
      redis.disconnect();
      process.send!(answers.map(({ status }) => status));
      process.disconnect();
    });
  });
  process.send!('ready');
}
