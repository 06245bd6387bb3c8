import type { UsedBy } from '../src/events/usage.ts';
import type { EndpointGroup } from '../src/plans.ts';

/** A slot of the budget that was taken before it is known what exactly is called. */
export interface SlotAhead {
  group: EndpointGroup;
  /** Resolves when it may be used. */
  due: Promise<void>;
}

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
  /** For the first call, if it is one of that group. */
  slotAhead?: SlotAhead;
}
