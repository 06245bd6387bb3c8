import { newId } from '../random-ids.ts';
import type { ActionExecution } from '../store/account-records.ts';
import type { Store } from '../store/store.ts';

/** Beyond this number the oldest ones are forgotten; Auth0 keeps them for ten days. */
const KEPT_MAX = 1_000;

export type ExecutionResult = ActionExecution['results'][number];

/** @returns its id, which the log names (Auth0's description of the API) */
export function keepExecution(
  { actionExecutions }: Store,
  trigger_id: string,
  results: ExecutionResult[],
  now: number,
): string {
  const at = new Date(now).toISOString();
  const id = newId.execution(at.slice(0, 10));
  const created_at = results[0]?.started_at ?? at;
  actionExecutions.put({ id, trigger_id, status: 'final', results, created_at, updated_at: at });
  if (actionExecutions.size > KEPT_MAX)
    for (const oldest of actionExecutions.keys()) {
      actionExecutions.delete(oldest);
      break;
    }
  return id;
}
