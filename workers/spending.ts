/** On whose account the calls go that are made just now. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { UsageCounter, UsedBy } from '../src/events/usage.ts';

const account = new AsyncLocalStorage<UsedBy>();

/** Does the work on this account; undefined: on nobody's. */
export function onAccountOf<T>(by: UsedBy | undefined, work: () => Promise<T>): Promise<T> {
  return by ? account.run(by, work) : work();
}

/** To be called with each call that is made. */
export function spend(usage: UsageCounter): void {
  const by = account.getStore();
  if (by) usage.relayCall(by);
}
