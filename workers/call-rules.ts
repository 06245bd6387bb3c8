import type { UsedBy } from '../src/events/usage.ts';
import type { EndpointGroup } from '../src/plans.ts';

/** What whoever makes a call wants to have a say in. */
export interface CallRules {
  /** Runs when a call has its slot of the budget, just before it is sent; when it throws, nothing is sent. */
  beforeCall: (call: { isWrite: boolean }) => Promise<void>;
  /** Asked at each call: who waits for its slot gives up when this aborts. */
  whileWaiting: () => AbortSignal | undefined;
  /** On whose account the calls go; undefined: on nobody's. */
  account?: UsedBy | undefined;
  /** Bulk calls that stand in one line (`Budget.take`). */
  line?: string;
  /** Resolves when a call may be made, in place of `Budget.take`; rejects when the signal aborts. */
  takeSlot?: (group: EndpointGroup, signal: AbortSignal | undefined) => Promise<void>;
}
