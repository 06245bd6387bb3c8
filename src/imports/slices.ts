/**
 * Slices: an import is processed a few rows at a time. Each slice job adds its successor at the queue's tail once its calls are started,
 * so imports take turns, and after a crash the queue still holds what is not done.
 */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import { sliceJobOptions, type ImportJobsTicket, type SliceTicket } from '../redis/queues.ts';

/** The job id is derived from import and slice: adding it twice is idempotent. */
export async function addSlice(queue: Queue<SliceTicket>, importId: string, slice: number): Promise<void> {
  await queue.add('slice', { importId, slice }, { ...sliceJobOptions, jobId: `${importId}-${slice}` });
}

/** Queues a check of what the import needs: a slice at its frontier, or import jobs. */
export async function addCheck(queue: Queue<SliceTicket>, importId: string): Promise<void> {
  await queue.add(
    'take-up',
    { importId },
    { ...sliceJobOptions, jobId: `${importId}-take-up-${randomUUID()}` },
  );
}

/** Queues the one job that drives the import's import jobs; idempotent. */
export async function addImportJobs(queue: Queue<ImportJobsTicket>, importId: string): Promise<void> {
  await queue.add('import-jobs', { importId }, { ...sliceJobOptions, jobId: importId });
}

/** Queues the one job that makes the import's created users members of their organization; idempotent while it is queued or runs. */
export async function addMemberWork(queue: Queue<ImportJobsTicket>, importId: string): Promise<void> {
  await queue.add(MEMBER_WORK, { importId }, { ...sliceJobOptions, jobId: `${importId}-${MEMBER_WORK}` });
}

/** Name of that job. */
export const MEMBER_WORK = 'members';
