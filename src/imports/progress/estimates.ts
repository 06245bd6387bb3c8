import { redisNow } from '../../redis/clock.ts';
import type { BucketState } from '../../relay/budget.ts';
import { isGoing, rowsLeft, type ImportState } from '../import-state.ts';
import type { ImportStore } from '../import-store.ts';
import { estimatedEndMs, type Allowance } from './estimate.ts';

/** Estimates the end of imports. */
export interface Estimates {
  endOf(state: ImportState): Promise<Date | undefined>;
}

/** Cache lifetime: the budget and the open imports are read at most this often, however many clients ask. */
const FRESH_MS = 1_000;

export function createEstimates(
  store: Pick<ImportStore, 'openImports' | 'readMany'>,
  readBudget: () => Promise<BucketState[]>,
): Estimates {
  let known: { at: number; view: Promise<View> } | undefined;

  async function readView(): Promise<View> {
    const [buckets, open] = await Promise.all([readBudget(), store.openImports()]);
    const states = (await store.readMany(open)).filter((state) => state !== undefined);
    const going = states.filter((state) => isGoing(state) && rowsLeft(state) > 0);
    return { going, allowance: allowanceOf(buckets) };
  }

  return {
    async endOf(state) {
      if (!isGoing(state)) return undefined;
      if (!known || performance.now() - known.at > FRESH_MS)
        known = { at: performance.now(), view: readView() };
      const { view } = known;
      view.catch(() => (known = undefined));
      const { going, allowance } = await view;
      const end = estimatedEndMs(state, going, allowance, redisNow());
      return end === undefined ? undefined : new Date(end);
    },
  };
}

interface View {
  going: ImportState[];
  allowance: Allowance | undefined;
}

/** Allowance of the slower of the buckets that pay for creating users; undefined before their first use. */
export function allowanceOf(buckets: BucketState[]): Allowance | undefined {
  const paidFrom = buckets.filter(({ name }) => name === 'users_write' || name === 'all');
  if (paidFrom.length === 0) return undefined;
  return {
    perSecond: Math.min(...paidFrom.map(({ perSecond, pace }) => perSecond * pace)),
    pausedUntilMs: Math.max(
      ...paidFrom.map(({ pausedUntil }) => (pausedUntil === undefined ? 0 : Date.parse(pausedUntil))),
    ),
  };
}
