/** Dead letters: relay jobs that failed through a fault of this installation, kept with their input for the operator to inspect and replay. */
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
  /** Newest first. @param before ISO 8601: only jobs that failed before */
  list(limit: number, before?: string): Promise<DeadLetter[]>;
  count(): Promise<number>;
  /** Queues it again. @returns undefined when there is no such dead letter */
  revive(id: string): Promise<JobRecord | undefined>;
  /** @returns whether there was one */
  remove(id: string): Promise<boolean>;
}

/** Retention. */
const KEEP_MS = 14 * A_DAY_MS;
/** Beyond this the oldest are dropped from the list. Their records keep their own expiry. */
const MAX_LETTERS = 10_000;

export function createDeadLetters(records: JobStore): DeadLetters {
  const removeOld = () => records.trimDead(redisNow() - KEEP_MS, MAX_LETTERS);

  return {
    async add(record, reason, problem) {
      const { id } = record;
      // List it first: after a crash in between, the list contains a live job, which is skipped on reading.
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
      // Of two concurrent requests, one succeeds.
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
