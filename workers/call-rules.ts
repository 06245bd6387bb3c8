import type { UsedBy } from '../src/events/usage.ts';
import type { EndpointGroup } from '../src/plans.ts';

/** Hooks and options for a caller's calls. */
export interface CallRules {
  /** Runs when a call has its slot of the budget, just before it is sent; if it throws, the call is not sent. */
  beforeCall: (call: { isWrite: boolean }) => Promise<void>;
  /** Signal that aborts waiting for a slot; evaluated for each call. */
  whileWaiting: () => AbortSignal | undefined;
  /** Account that the calls count against; undefined: none. */
  account?: UsedBy | undefined;
  /** Queue for bulk calls that take slots in order (`Budget.take`). */
  line?: string;
  /** Replaces `Budget.take`: resolves when a call may be made; rejects when the signal aborts. */
  takeSlot?: (group: EndpointGroup, signal: AbortSignal | undefined) => Promise<void>;
}
