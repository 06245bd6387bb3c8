/** Relay jobs that ended by a fault of this installation: kept with their input, so that the operator can look and replay them. */
import { redisNow } from '../redis/clock.ts';
import { afterChange } from '../redis/unanswered.ts';
import type { DeadReason, JobRecord } from './job-records.ts';
import type { JobStore } from './job-store.ts';
import { A_DAY_MS, type RelayProblem } from './relay-job.ts';

export type { DeadReason };

export interface DeadLetter {
  record: JobRecord;
  reason: DeadReason;
  /** ISO 8601. */
  diedAt: string;
}

export interface DeadLetters {
  add(record: JobRecord, reason: DeadReason, problem: RelayProblem): Promise<void>;
  /** Newest first. @param before ISO 8601: only those that died before */
  list(limit: number, before?: string): Promise<DeadLetter[]>;
  count(): Promise<number>;
  /** Makes it a living job again. @returns undefined when there is no such dead letter */
  revive(id: string): Promise<JobRecord | undefined>;
  /** @returns whether there was one */
  remove(id: string): Promise<boolean>;
}

/** So long the operator has time. */
const KEEP_MS = 14 * A_DAY_MS;
/** The oldest go then. Their records stay as long as they would. */
const MAX_LETTERS = 10_000;

export function createDeadLetters(records: JobStore): DeadLetters {
  const removeOld = () => records.trimDead(redisNow() - KEEP_MS, MAX_LETTERS);

  return {
    async add(record, reason, problem) {
      const { id } = record;
      // On the list first: a crash in between leaves a living job on it, which the list passes over.
      await records.addDead(id);
      await removeOld();
      if (!(await records.end(record, { problem }, KEEP_MS, reason))) await records.takeDead(id);
    },

    async list(limit, before) {
      await removeOld();
      const found: DeadLetter[] = [];
      for (const { id, at } of await records.listDead(
        limit,
        before === undefined ? Infinity : Date.parse(before),
      )) {
        const dead = await records.readDead(id);
        if (dead) found.push({ ...dead, diedAt: new Date(at).toISOString() });
      }
      return found;
    },

    async count() {
      await removeOld();
      return records.countDead();
    },

    async revive(id) {
      // Of two who ask at once, one does it.
      if (!(await records.takeDead(id))) return undefined;
      return afterChange(() => records.restore(id));
    },

    remove: async (id) => {
      if (!(await records.takeDead(id))) return false;
      await afterChange(() => records.removeDead(id));
      return true;
    },
  };
}
