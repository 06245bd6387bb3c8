/** Rows get their outcomes; where an import asks for it, each user that it created is an event, written with the row's outcome. */
import type { Redis } from 'ioredis';
import { toEvent, type EventPrincipal } from '../../src/events/event.ts';
import { fullUserId, rowUserId, type EndMark } from '../../src/imports/row-outcome.ts';
import type { ImportState, ImportStore } from '../../src/imports/import-store.ts';
import { publishChanges } from '../../src/imports/publish-changes.ts';

type Outcome = readonly [row: number, mark: EndMark | '.'];

/** @returns whether this ended the import */
export type RecordOutcomes = (state: ImportState, outcomes: readonly Outcome[]) => Promise<boolean>;

/** Events lie in the import's state until they are on their way: no more of them at once. */
const EVENTS_AT_ONCE = 50;

export function createOutcomes(redis: Redis, store: ImportStore): RecordOutcomes {
  return async (state, outcomes) => {
    if (!state.userEvents) return store.record(state.id, outcomes);
    let hasEnded = false;
    for (let at = 0; at < outcomes.length; at += EVENTS_AT_ONCE) {
      const some = outcomes.slice(at, at + EVENTS_AT_ONCE);
      if (await store.record(state.id, some, ([row, mark]) => (mark === 'c' ? createdEvent(state, row) : '')))
        hasEnded = true;
      // What was written, also by others: a row that had its outcome already is not told of again.
      const now = await store.read(state.id);
      if (now) await publishChanges(redis, now);
    }
    return hasEnded;
  };
}

function createdEvent(state: ImportState, row: number): string {
  const draft = {
    type: 'user.created',
    tenant_id: state.tenantId,
    principal: makerOf(state),
    operation: 'createUserImport',
    target: fullUserId(rowUserId(state.id, row)),
    status: 201,
  };
  return JSON.stringify(toEvent(draft, { outcome: 'succeeded' }));
}

/** Whoever uploaded it. */
function makerOf({ by, makerUser }: ImportState): EventPrincipal {
  if (!by) return { kind: 'system' };
  return {
    kind: by.kind as EventPrincipal['kind'],
    client_id: by.clientId,
    user_id: makerUser?.userId,
  };
}
