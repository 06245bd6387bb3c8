/** What only a process of the deployment knows of it: for the operator's `trivium doctor`. Nothing secret. */
import type { Redis } from 'ioredis';
import type { AuthorityClock } from '../auth0/authority-clock.ts';
import { clockOffsetMs } from '../redis/clock.ts';
import { hasWorker } from '../redis/leases.ts';
import { readRedisFacts, type RedisFacts } from '../redis/redis-facts.ts';
import { listDrifts } from '../registry/client-store.ts';
import { readBudget } from '../relay/budget.ts';

/** How changes made at Auth0 itself come in. */
export interface AccountEvents {
  by: 'stream' | 'poll' | 'none';
  last_at?: string;
}

export interface Diagnosis {
  clocks: { api_ms: number; authority_ms?: number };
  redis: RedisFacts;
  workers: { seen: boolean };
  limits: { bucket: string; configured: number; reported?: number }[];
  differences: { total: number; first: { what: string; client_id: string }[] };
  account_events: AccountEvents;
}

export interface DiagnosisParts {
  redis: Redis;
  authorityClock: Pick<AuthorityClock, 'offsetMs'>;
  /** Times in ms since 1970. */
  readAuthorityEvents: () => Promise<{
    source: 'stream' | 'log' | 'none';
    deliveredAt: number | undefined;
    polledAt: number | undefined;
  }>;
}

const MAX_DIFFERENCES = 100;

export async function diagnose(parts: DiagnosisParts): Promise<Diagnosis> {
  const { redis } = parts;
  const [facts, seen, limits, drifts, events] = await Promise.all([
    readRedisFacts(redis),
    hasWorker(redis),
    readLimits(redis),
    listDrifts(redis),
    parts.readAuthorityEvents(),
  ]);
  const offset = parts.authorityClock.offsetMs();
  return {
    clocks: {
      api_ms: Math.round(clockOffsetMs()),
      ...(offset !== undefined && { authority_ms: Math.round(offset) }),
    },
    redis: facts,
    workers: { seen },
    limits,
    differences: {
      total: drifts.size,
      first: [...drifts].sort().slice(0, MAX_DIFFERENCES).map(toDifference),
    },
    account_events: toAccountEvents(events),
  };
}

type AuthorityEvents = Awaited<ReturnType<DiagnosisParts['readAuthorityEvents']>>;

function toAccountEvents({ source, deliveredAt, polledAt }: AuthorityEvents): AccountEvents {
  const lastAt = source === 'stream' ? deliveredAt : polledAt;
  const by = source === 'log' ? 'poll' : source;
  return { by, ...(lastAt !== undefined && { last_at: new Date(lastAt).toISOString() }) };
}

async function readLimits(redis: Redis): Promise<Diagnosis['limits']> {
  const buckets = await readBudget(redis);
  return buckets.map(({ name, configured, reported }) => ({
    bucket: name,
    configured,
    ...(reported !== undefined && { reported }),
  }));
}

/** As the comparison names it: `<what> <client id>`. */
function toDifference(name: string) {
  const [what = '', client_id = ''] = name.split(' ');
  return { what, client_id };
}
