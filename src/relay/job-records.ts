/** One record per relay job, in Redis: what is to be done, how it stands, how it ended. Input and end are sealed. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import type { Seal } from '../secrets/seal.ts';
import { relayJobs } from './jobs/index.ts';
import type { RelayOperationId } from './jobs/index.ts';
import type { Ended, RelayJob } from './relay-job.ts';

export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'unknown';

export interface JobRecord {
  id: string;
  operationId: RelayOperationId;
  /** undefined: work that belongs to no tenant. */
  tenantId: string | undefined;
  requestId: string;
  status: JobStatus;
  createdAt: string;
  finishedAt: string | undefined;
  /** How it ended; undefined while it has not. */
  ended: Ended<unknown> | undefined;
}

export interface NewJob {
  id: string;
  operationId: RelayOperationId;
  tenantId: string | undefined;
  requestId: string;
  input: unknown;
}

export interface JobRecords {
  create(job: NewJob): Promise<JobRecord>;
  read(id: string): Promise<JobRecord | undefined>;
  /** Like `read`, for somebody who shows it: what may be shown once only is gone with that. */
  take(id: string): Promise<JobRecord | undefined>;
  readInput(id: string): Promise<unknown>;
  /** @returns whether an earlier try was under way already */
  start(id: string): Promise<{ startedBefore: boolean }>;
  /** Stores how it ended, forgets its input, and wakes whoever waits. */
  end(id: string, ended: Ended<unknown>, keepMs: number): Promise<void>;
}

/** No job waits longer; then the record goes, ended or not. */
const WAITING_MS = 7 * 86_400_000;

export function createJobRecords(redis: Redis, seal: Seal): JobRecords {
  const inputPlace = (id: string) => `relay:${id}:input`;
  const endPlace = (id: string) => `relay:${id}:end`;

  return {
    async create({ id, operationId, tenantId, requestId, input }) {
      const createdAt = new Date().toISOString();
      await redis
        .multi()
        .hset(keys.relayJob(id), {
          operation: operationId,
          tenant: tenantId ?? '',
          request: requestId,
          status: 'queued',
          created: createdAt,
          input: seal.seal(input, inputPlace(id)),
        })
        .pexpire(keys.relayJob(id), WAITING_MS)
        .exec();
      return {
        id,
        operationId,
        tenantId,
        requestId,
        status: 'queued',
        createdAt,
        finishedAt: undefined,
        ended: undefined,
      };
    },

    async read(id) {
      const fields = await redis.hgetall(keys.relayJob(id));
      if (!fields['operation']) return undefined;
      const ended = fields['end'];
      return {
        id,
        operationId: fields['operation'] as RelayOperationId,
        tenantId: fields['tenant'] || undefined,
        requestId: fields['request']!,
        status: fields['status'] as JobStatus,
        createdAt: fields['created']!,
        finishedAt: fields['finished'],
        ended: ended ? seal.open<Ended<unknown>>(ended, endPlace(id)) : undefined,
      };
    },

    async take(id) {
      const record = await this.read(id);
      if (!record?.ended || !isShownOnce(record.operationId)) return record;
      // Of two who ask at once, one gets it.
      const isFirst = (await redis.hdel(keys.relayJob(id), 'end')) === 1;
      return isFirst ? record : { ...record, ended: undefined };
    },

    async readInput(id) {
      const sealed = await redis.hget(keys.relayJob(id), 'input');
      return sealed ? seal.open(sealed, inputPlace(id)) : undefined;
    },

    async start(id) {
      const replies = await redis
        .multi()
        .hget(keys.relayJob(id), 'status')
        .hset(keys.relayJob(id), 'status', 'running')
        .exec();
      return { startedBefore: replies?.[0]?.[1] === 'running' };
    },

    async end(id, ended, keepMs) {
      const status: JobStatus =
        'outcome' in ended ? 'succeeded' : ended.problem.code === 'outcome_unknown' ? 'unknown' : 'failed';
      await redis
        .multi()
        .hset(keys.relayJob(id), {
          status,
          finished: new Date().toISOString(),
          end: seal.seal(ended, endPlace(id)),
        })
        .hdel(keys.relayJob(id), 'input')
        .pexpire(keys.relayJob(id), keepMs)
        .exec();
      await redis.publish(keys.relayEnded, id);
    },
  };
}

function isShownOnce(id: RelayOperationId): boolean {
  return (relayJobs[id] as RelayJob<unknown, unknown>).shownOnce === true;
}
