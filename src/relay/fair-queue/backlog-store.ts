/** Who has relay jobs that wait for a slot, for the operator. */
import type { Redis } from 'ioredis';
import { endpointGroups } from '../../plans.ts';
import { keys } from '../../redis/keys.ts';

/** A flow, as in `flow.ts`, with waiting jobs. */
export interface Backlog {
  flow: string;
  /** Jobs that were accepted and have not ended. */
  pending: number;
}

/** Flows of each endpoint group that are looked at: those whose turn is next. */
const LOOKED_AT = 100;
/** Most flows that are returned. */
const SHOWN = 20;

/** @returns those with the most pending jobs first; more than `LOOKED_AT` flows in a group are not all looked at */
export async function readBacklogs(redis: Redis): Promise<Backlog[]> {
  const names = await Promise.all(
    endpointGroups.map((group) => redis.zrange(keys.fairBacklog(group), 0, String(LOOKED_AT - 1))),
  );
  const backlogs = await Promise.all(
    [...new Set(names.flat())].map(async (flow) => ({
      flow,
      pending: await redis.zcard(keys.pendingJobs(flow)),
    })),
  );
  return backlogs
    .filter(({ pending }) => pending > 0)
    .sort((a, b) => b.pending - a.pending || (a.flow < b.flow ? -1 : 1))
    .slice(0, SHOWN);
}
