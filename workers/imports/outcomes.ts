/** Records outcomes of rows, and, if the import requests it, an event for each created user in the same transaction. */
import type { Redis } from 'ioredis';
import { toEvent, type EventPrincipal } from '../../src/events/event.ts';
import { fullUserId, isCreated, rowUserId, type EndMark } from '../../src/imports/row-outcome.ts';
import type { ImportState, ImportStore } from '../../src/imports/import-store.ts';
import { publishChanges } from '../../src/imports/publish-changes.ts';

type Outcome = readonly [row: number, mark: EndMark | '.' | 'm'];

/** @returns whether this ended the import */
export type RecordOutcomes = (state: ImportState, outcomes: readonly Outcome[]) => Promise<boolean>;

/** Outcomes per transaction, because their events stay in the import's state until they are published. */
const EVENTS_PER_WRITE = 50;

export function createOutcomes(redis: Redis, store: ImportStore): RecordOutcomes {
  return async (state, outcomes) => {
    if (!state.userEvents) return store.record(state.id, outcomes);
    let hasEnded = false;
    for (let at = 0; at < outcomes.length; at += EVENTS_PER_WRITE) {
      const some = outcomes.slice(at, at + EVENTS_PER_WRITE);
      if (
        await store.record(state.id, some, ([row, mark]) => (isCreated(mark) ? createdEvent(state, row) : ''))
      )
        hasEnded = true;
      // Publishes the events in the state, also those of other workers: a row that had its outcome already has no second event.
      const now = await store.read(state.id);
      if (now) await publishChanges(redis, now);
    }
    return hasEnded;
  };
}

interface Members {
  /** Whether the tenant is an organization. */
  hasMembers: (tenantId: string) => Promise<boolean>;
  /** Queues the work that makes the created users members. */
  addMemberWork: (importId: string) => Promise<void>;
}

/** Rows of users who are to become members of an organization have no outcome until they are (`member-work.ts`). */
export function membersFirst(record: RecordOutcomes, { hasMembers, addMemberWork }: Members): RecordOutcomes {
  return async (state, outcomes) => {
    const isJoining = ([, mark]: Outcome) => mark === 'c';
    if (!outcomes.some(isJoining) || !(await hasMembers(state.tenantId))) return record(state, outcomes);
    const hasEnded = await record(
      state,
      outcomes.map((outcome) => (isJoining(outcome) ? [outcome[0], 'm'] : outcome)),
    );
    await addMemberWork(state.id);
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

/** The principal that uploaded it. */
function makerOf({ by, makerUser }: ImportState): EventPrincipal {
  if (!by) return { kind: 'system' };
  return {
    kind: by.kind as EventPrincipal['kind'],
    client_id: by.clientId,
    user_id: makerUser?.userId,
  };
}
