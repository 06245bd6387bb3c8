/** The API's half of the work at the authority: submit a job, wait for its end. */
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { relayJobOptions } from '../redis/queues.ts';
import type { RelayTicket } from '../redis/queues.ts';
import { createWakeUps } from '../redis/wake-ups.ts';
import type { Seal } from '../secrets/seal.ts';

import { createJobRecords } from './job-records.ts';
import type { JobRecord } from './job-records.ts';
import { relayJobs } from './jobs/index.ts';
import type { InputOf, RelayOperationId } from './jobs/index.ts';

export interface RelayRequest<Id extends RelayOperationId> {
  operationId: Id;
  tenantId: string | undefined;
  requestId: string;
  input: InputOf<Id>;
  /** 0: do not wait. */
  waitMs: number;
  signal: AbortSignal;
}

export interface Relay {
  /** How long a call waits when its caller does not say. */
  readonly defaultWaitMs: number;
  /** Does not return before the job is stored and queued; returns its record, ended or not. */
  run<Id extends RelayOperationId>(request: RelayRequest<Id>): Promise<JobRecord>;
  read(id: string): Promise<JobRecord | undefined>;
  /** Like `read`, for the caller's eyes: what may be shown once only is gone with that. */
  show(id: string): Promise<JobRecord | undefined>;
  close(): void;
}

interface Parts {
  redis: Redis;
  subscriber: Redis;
  queue: Queue<RelayTicket>;
  seal: Seal;
  waitMs: number;
}

export async function createRelay({ redis, subscriber, queue, seal, waitMs }: Parts): Promise<Relay> {
  const records = createJobRecords(redis, seal);
  const endings = await createWakeUps(subscriber, keys.relayEnded);
  return {
    defaultWaitMs: waitMs,
    async run({ operationId, tenantId, requestId, input, waitMs: ms, signal }) {
      const id = randomUUID();
      const record = await records.create({ id, operationId, tenantId, requestId, input });
      const ended = ms > 0 ? endings.wait(id, ms, signal) : undefined;
      const { name, attempts } = relayJobs[operationId];
      await queue.add(
        name,
        { id },
        { ...relayJobOptions, jobId: id, attempts, backoff: { type: 'exponential', delay: 500 } },
      );
      if (!ended) return record;
      await ended;
      // Somebody who hung up sees nothing, so nothing is shown.
      if (signal.aborted) return record;
      return (await records.take(id)) ?? record;
    },
    read: (id) => records.read(id),
    show: (id) => records.take(id),
    close: () => endings.close(),
  };
}
