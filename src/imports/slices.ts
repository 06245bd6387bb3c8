/**
 * Slices: an import is worked on a few rows at a time. Each slice job adds its successor at the queue's tail before it ends,
 * so imports take turns, and a crash anywhere leaves either the slice or its successor in the queue.
 */
import type { Queue } from 'bullmq';
import { sliceJobOptions } from '../redis/queues.ts';
import type { SliceTicket } from '../redis/queues.ts';

/** The id is made from import and slice: adding one that is in the queue already changes nothing. */
export async function addSlice(queue: Queue<SliceTicket>, importId: string, slice: number): Promise<void> {
  await queue.add('slice', { importId, slice }, { ...sliceJobOptions, jobId: `${importId}-${slice}` });
}
