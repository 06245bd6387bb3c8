import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import type { LogEvent } from '../../../src/stand-in/store/records.ts';
import { isObject } from './compare.ts';
import type { Interaction } from './recordings.ts';

/** Events that a case shows: what happened before it is not recorded, but for these. */
export function plantLogs({ store }: StandIn, interactions: readonly Interaction[]): void {
  const shown = interactions
    .filter(({ path, status }) => /^\/api\/v2\/logs(\/|\?|$)/.test(path) && status === 200)
    .flatMap(({ response }) => response)
    .filter(isEvent);
  // Ids increase with time, and the log is kept in that order.
  for (const event of shown.sort((one, other) => (one.log_id < other.log_id ? -1 : 1))) store.logs.put(event);
}

function isEvent(value: unknown): value is LogEvent {
  return isObject(value) && typeof value['log_id'] === 'string';
}
