/** The event that records how a relay job ended: stored with its end in one transaction, and then moved to the outbox. */
import { problems } from '../contract/generated-problems.ts';
import { outcomeOf, toEvent, type EventDraft, type EventResult, type EmittedEvent } from '../events/event.ts';
import { rulesOf, type RelayOperationId } from './jobs/index.ts';
import type { Ended } from './relay-job.ts';

/** @returns undefined for an internal job, for a read, whose request records the event itself, and where the performer has recorded it */
export function eventOf(
  { event, operationId }: { event: EventDraft | undefined; operationId: RelayOperationId },
  ended: Ended<unknown>,
): EmittedEvent | undefined {
  if ('outcome' in ended && rulesOf(operationId).recordsSuccess) return undefined;
  return event && toEvent(event, resultOf(operationId, ended));
}

function resultOf(operationId: RelayOperationId, ended: Ended<unknown>): EventResult {
  if ('outcome' in ended) {
    return { outcome: 'succeeded', target: rulesOf(operationId).createdId?.(ended.outcome) };
  }
  const { code } = ended.problem;
  const { status } = problems[code];
  return { outcome: code === 'outcome_unknown' ? 'unknown' : outcomeOf(status), status, code };
}
