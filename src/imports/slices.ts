/**
 * Slices: an import is worked on a few rows at a time. Each slice job adds its successor at the queue's tail when its rows are
 * under way, so imports take turns, and a crash anywhere leaves what is not done in the queue.
 */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import { sliceJobOptions, type ImportJobsTicket, type SliceTicket } from '../redis/queues.ts';

/** The id is made from import and slice: adding one that is in the queue already changes nothing. */
export async function addSlice(queue: Queue<SliceTicket>, importId: string, slice: number): Promise<void> {
  await queue.add('slice', { importId, slice }, { ...sliceJobOptions, jobId: `${importId}-${slice}` });
}

/** A worker looks what the import needs: a slice at its frontier, or import jobs. */
export async function addTakeUp(queue: Queue<SliceTicket>, importId: string): Promise<void> {
  await queue.add(
    'take-up',
    { importId },
    { ...sliceJobOptions, jobId: `${importId}-take-up-${randomUUID()}` },
  );
}

/** One queued job takes the import through import jobs; adding it again changes nothing. */
export async function addImportJobs(queue: Queue<ImportJobsTicket>, importId: string): Promise<void> {
  await queue.add('import-jobs', { importId }, { ...sliceJobOptions, jobId: importId });
}
