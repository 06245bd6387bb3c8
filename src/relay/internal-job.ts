/** Relay jobs that a worker queues: nobody asked for them, or waits for them. */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { RelayTicket } from '../redis/queues.ts';
import { addTicket } from './fair-queue/add-ticket.ts';
import { internalFlow } from './fair-queue/flow.ts';
import type { JobStore } from './job-store.ts';
import { rulesOf, type InputOf, type RelayOperationId } from './jobs/index.ts';

/** Not certain to be executed: whoever needs that queues it again. @param caller name of its queue among the internal ones */
export async function queueInternal<Id extends RelayOperationId>(
  { records, queue }: { records: JobStore; queue: Queue<RelayTicket> },
  { operationId, input, caller }: { operationId: Id; input: InputOf<Id>; caller: string },
): Promise<void> {
  const [id, ticket] = [randomUUID(), randomUUID()];
  const made = await records.create({
    id,
    ticket,
    operationId,
    input,
    flow: internalFlow(caller),
    requestId: id,
    tenantId: undefined,
    event: undefined,
    by: undefined,
    maker: undefined,
    makerUser: undefined,
    subject: undefined,
    flight: undefined,
    fingerprint: undefined,
  });
  if (typeof made === 'string' || !('record' in made)) throw new Error(`job ${id} was not stored`);
  await records.release(made.record);
  await addTicket(queue, rulesOf(operationId).name, { id, tenantId: undefined }, ticket);
}
