/** Every queue, its options and how long its jobs are kept. */
import { Queue, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { QUEUE_PREFIX } from './keys.ts';

/** What a queued job says. Nothing personal: inputs and outcomes lie sealed in records of their own. */
export interface RelayTicket {
  id: string;
  /** Whose users it is about: how it stands with that tenant is asked for together with the rest. */
  tenantId?: string;
}

export interface SliceTicket {
  importId: string;
  /** Left out: see what the import needs. */
  slice?: number;
}

/** A user import that goes through the authority's import jobs. */
export interface ImportJobsTicket {
  importId: string;
}

/** A webhook's turn. */
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

/** Ended jobs are kept a little for whoever looks into the queue; outcomes are stored elsewhere. */
const retention: JobsOptions = {
  removeOnComplete: { age: 600, count: 1_000 },
  removeOnFail: { age: 86_400, count: 1_000 },
};

export const relayJobOptions: JobsOptions = { ...retention };

/** A finished slice must go at once, so that its id can be used again when an import is taken up anew. */
export const sliceJobOptions: JobsOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 1_000_000,
  backoff: { type: 'fixed', delay: 1_000 },
};

/** Gone at once, so that the webhook's id can be used for its next turn. */
export const webhookJobOptions: JobsOptions = { removeOnComplete: true, removeOnFail: true };

function open<T>(name: string, redis: Redis): Queue<T> {
  return new Queue<T>(name, { connection: redis, prefix: QUEUE_PREFIX });
}

export const openRelayQueue = (redis: Redis): Queue<RelayTicket> => open(queueNames.relay, redis);
export const openUserImportQueue = (redis: Redis): Queue<SliceTicket> => open(queueNames.userImports, redis);
export const openImportJobsQueue = (redis: Redis): Queue<ImportJobsTicket> =>
  open(queueNames.importJobs, redis);
export const openUpkeepQueue = (redis: Redis): Queue => open(queueNames.upkeep, redis);
export const openWebhookQueue = (redis: Redis): Queue<WebhookTicket> => open(queueNames.webhooks, redis);
