/** The shared allowance of Management API calls: one slot per HTTP call, over all processes (invariant 5). */
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Plan } from '../config.ts';
import { keys } from '../redis/keys.ts';
import { loadScript } from '../redis/scripts.ts';
import type { Lane } from './lanes.ts';

export interface Budget {
  /** Resolves when the caller may make one call. */
  take(lane: Lane): Promise<void>;
  /** Nobody calls for so long: the authority said so. */
  pause(ms: number): Promise<void>;
}

const script = loadScript(new URL('./budget.lua', import.meta.url));

/** How much later than another one a call may arrive at the authority though its slot was earlier: network and event loop. */
const JITTER_MS = 150;
/** While bulk waits, every tenth slot is its own. */
const BULK_TURN = 10;
/** This part of the burst is left to interactive calls, so that they mostly find a slot at once. */
const INTERACTIVE_SHARE = 0.25;

export function createBudget(redis: Redis, plan: Plan, bucket = 'management'): Budget {
  const key = keys.budget(bucket);
  const interval = 1000 / plan.perSecond;
  // Calls that arrive bunched by jitter must still find a token in the authority's bucket: so many are left in it.
  const burst = Math.max(1, plan.burst - Math.max(1, Math.ceil(JITTER_MS / interval)));
  const ahead: Record<Lane, number> = {
    interactive: (burst - 1) * interval,
    bulk: Math.floor((burst - 1) * (1 - INTERACTIVE_SHARE)) * interval,
  };

  const ask = async (lane: Lane | 'pause', first: number, second = 0) =>
    Number(await script.run(redis, [key], [lane, first, second, BULK_TURN]));

  return {
    async take(lane) {
      for (;;) {
        const wait = await ask(lane, interval, ahead[lane]);
        if (wait >= 0) {
          if (wait > 0) await delay(wait);
          return;
        }
        // Spread, so that waiting workers do not all ask again in the same millisecond.
        await delay(-wait - 1 + Math.random() * Math.min(interval, 20));
      }
    },
    async pause(ms) {
      await ask('pause', Math.ceil(ms));
    },
  };
}
