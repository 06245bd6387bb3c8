/** All queues, their options and the retention of their jobs. */
import { Queue, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { QUEUE_PREFIX } from './keys.ts';

/** Payload of a queued relay job. Contains no personal data: inputs and outcomes are stored sealed elsewhere. */
export interface RelayTicket {
  id: string;
  /** The tenant whose users it concerns: its status is read together with the job. */
  tenantId?: string;
}

export interface SliceTicket {
  importId: string;
  /** Absent: find out what the import needs. */
  slice?: number;
}

/** A user import that uses the authority's import jobs. */
export interface ImportJobsTicket {
  importId: string;
}

/** One delivery round of a webhook. */
export interface WebhookTicket {
  tenantId: string;
  webhookId: string;
}

export const queueNames = {
  relay: 'relay',
  userImports: 'user-imports',
  importJobs: 'import-jobs',
  upkeep: 'upkeep',
  webhooks: 'webhooks',
} as const;

/** Ended jobs are kept briefly for inspection of the queue; outcomes are stored elsewhere. */
const retention: JobsOptions = {
  removeOnComplete: { age: 600, count: 1_000 },
  removeOnFail: { age: 86_400, count: 1_000 },
};

export const relayJobOptions: JobsOptions = { ...retention };

/** A finished slice is removed immediately, so that its job id can be used again when the import resumes. */
export const sliceJobOptions: JobsOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 1_000_000,
  backoff: { type: 'fixed', delay: 1_000 },
};

/** Removed immediately, so that the webhook's id can be used for its next round. */
export const webhookJobOptions: JobsOptions = { removeOnComplete: true, removeOnFail: true };

function open<T>(name: string, redis: Redis): Queue<T> {
  // Errors of the connection are counted and logged by `Outages`; BullMQ prints each one that no listener takes.
  return new Queue<T>(name, { connection: redis, prefix: QUEUE_PREFIX }).on('error', () => undefined);
}

export const openRelayQueue = (redis: Redis): Queue<RelayTicket> => open(queueNames.relay, redis);
export const openUserImportQueue = (redis: Redis): Queue<SliceTicket> => open(queueNames.userImports, redis);
export const openImportJobsQueue = (redis: Redis): Queue<ImportJobsTicket> =>
  open(queueNames.importJobs, redis);
export const openUpkeepQueue = (redis: Redis): Queue => open(queueNames.upkeep, redis);
export const openWebhookQueue = (redis: Redis): Queue<WebhookTicket> => open(queueNames.webhooks, redis);
