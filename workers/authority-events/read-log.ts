/** Reads the tenant log on from where it was read last, while no event stream delivers; what it says becomes events in the inbox. */
import type { Redis } from 'ioredis';
import { ofRecord, type AuthorityEvent } from '../../src/authority-events/authority-event.ts';
import {
  readAuthorityEventState,
  saveLogState,
  STREAM_WORKS_MS,
  type AuthorityEventState,
} from '../../src/authority-events/authority-event-state.ts';
import type { AuthorityEventStore } from '../../src/authority-events/authority-event-store.ts';
import { ManagementFailure } from '../../src/auth0/errors.ts';
import { LOGS_PER_PAGE, type Auth0LogEvent } from '../../src/auth0/management-logs.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { Log } from '../../src/log.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { onFailure } from '../failures.ts';
import { hintsIn, type LogHint } from './log-hints.ts';

export interface LogParts {
  redis: Redis;
  store: AuthorityEventStore;
  management: Management;
  /** Of the workers: its operations are our own. */
  clientId: string;
  /** 0: never. */
  pollMs: number;
  log: Log;
}

/** @returns whether there was something to read */
export async function readLog(parts: LogParts): Promise<boolean> {
  const { redis, pollMs, log } = parts;
  if (pollMs === 0) return false;
  const state = await readAuthorityEventState(redis, pollMs);
  if (!isDue(state, pollMs)) return false;
  try {
    const isMore = await readOn(parts, state);
    await saveLogState(redis, { log_failure: null, ...(!isMore && { polled_at: redisNow() }) });
    return isMore;
  } catch (error) {
    if (!(error instanceof ManagementFailure)) throw error;
    if (error.kind !== state.logFailure)
      log.warn({ err: error }, 'the tenant log of the authority could not be read; this is tried again');
    // A checkpoint that the authority does not know, or not any more.
    const isLost = error.refusal?.status === 400 || error.kind === 'not_found';
    if (isLost) await beginNow(parts);
    await saveLogState(redis, { log_failure: error.kind, polled_at: redisNow() });
    return false;
  }
}

function isDue({ deliveredAt, polledAt }: AuthorityEventState, pollMs: number): boolean {
  const now = redisNow();
  if (deliveredAt !== undefined && now - deliveredAt < STREAM_WORKS_MS) return false;
  return polledAt === undefined || now - polledAt >= pollMs;
}

/** @returns whether there is more to read at once */
async function readOn(parts: LogParts, state: AuthorityEventState): Promise<boolean> {
  const { redis, management } = parts;
  const { checkpoint, deliveredAt = 0, polledAt = 0 } = state;
  const logSince = state.logSince ?? (await beginNow(parts));
  // What the event stream has delivered since then is not read again.
  const isFollowed = checkpoint !== undefined && deliveredAt <= polledAt;
  if (isFollowed) return take(parts, await management.listLogsAfter(checkpoint));
  const first = await management.findFirstLog(new Date(Math.max(logSince, deliveredAt)).toISOString());
  if (!first) return false;
  await take(parts, [first]);
  await saveLogState(redis, { polled_at: redisNow() - parts.pollMs });
  return true;
}

async function take(parts: LogParts, logs: readonly Auth0LogEvent[]): Promise<boolean> {
  for (const hint of hintsIn(logs, parts.clientId)) {
    const event = await eventOf(parts.management, hint);
    // It stays to be read until there is room.
    if (event && (await parts.store.add(event)) === 'full') return false;
  }
  const last = logs.at(-1);
  if (last) await saveLogState(parts.redis, { checkpoint: last.log_id });
  return logs.length >= LOGS_PER_PAGE;
}

async function eventOf(management: Management, hint: LogHint): Promise<AuthorityEvent | undefined> {
  const { userId, log } = hint;
  const event = { id: `log ${log.log_id} ${userId}`, userId, time: log.date };
  if (hint.what !== 'user')
    return { ...event, kind: hint.what, claims: [{ organization: hint.organization }] };
  const record = await management.getUser(userId).catch(onFailure(['not_found', 'invalid'], () => undefined));
  if (!record) return ofRecord({ ...event, kind: 'deleted' }, {});
  return ofRecord({ ...event, kind: hint.isNew ? 'created' : 'changed' }, { ...record });
}

/** @returns since when it is read */
async function beginNow({ redis, log }: LogParts): Promise<number> {
  const now = redisNow();
  await saveLogState(redis, { log_since: now, checkpoint: null });
  log.warn('the tenant log of the authority is read from now on: what was changed there before is not known');
  return now;
}
