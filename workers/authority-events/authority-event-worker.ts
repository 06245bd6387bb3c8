/** Processes events of the authority: two loops, each in one worker process at a time. The second one waits for the budget, the first never. */
import { setTimeout as delay } from 'node:timers/promises';
import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Reread } from '../../src/authority-events/authority-event-store.ts';
import { keys } from '../../src/redis/keys.ts';
import { createLease } from '../../src/redis/leases.ts';
import { LeaseLoop } from '../lease-loop.ts';
import { applyEvent, type ApplyParts } from './apply-event.ts';
import { readLog, type LogParts } from './read-log.ts';
import { rereadUser, type RereadContext } from './reread-user.ts';

type Parts = Omit<ApplyParts, 'organizationHolder' | 'marked'> &
  Omit<LogParts, 'management'> & {
    context: RereadContext;
    /** Aborted when the process stops. */
    stopped: AbortSignal;
  };

/** Poll interval: how long an event waits at most. */
const POLL_MS = 100;
const SLOW_POLL_MS = 500;
/** After a failure, a user's turn is that much later than it was; others are read first. */
const RETRY_MS = 30_000;
/** Readings rest after a failure: each takes a call of the budget. It doubles with each further one. */
const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 30_000;

export class AuthorityEventWorker {
  readonly #loops: LeaseLoop[];

  constructor(parts: Parts) {
    const { redis, log, context, stopped } = parts;
    const applying = {
      ...parts,
      organizationHolder: (organization: string) => context.tenants.organizationHolder(organization),
      marked: new Set<string>(),
    };
    const reading = { ...parts, management: context.management };
    const onError = (err: unknown) => {
      if (!stopped.aborted) log.warn({ err }, 'events of the authority not processed; retried');
    };
    const start = (key: string, turn: () => Promise<void>, isLong = false) =>
      new LeaseLoop({ lease: createLease(redis, key), turn, onError, isLong });
    this.#loops = [
      start(keys.authorityApplier, createApplying(applying)),
      // A page of the tenant log may have a hundred users, each of whom waits for the budget.
      start(keys.authorityReader, createReading(parts, reading), true),
    ];
  }

  async close(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.close()));
  }
}

/** A page in each turn, so that the lease is renewed. Events that stay do not keep others from their turn. */
function createApplying(parts: ApplyParts): () => Promise<void> {
  let after: string | undefined;
  return async () => {
    const page = await parts.store.read(after);
    let isBusy = false;
    if (page.length === 0) {
      if (after === undefined) parts.marked.clear();
      after = undefined;
    }
    for (const one of page) {
      // First, so that one that fails does not keep others from their turn, either.
      after = one.entry;
      isBusy = (await applyEvent(parts, one)) || isBusy;
    }
    if (!isBusy) await delay(POLL_MS);
  };
}

function createReading(parts: Parts, reading: LogParts): () => Promise<void> {
  let [failures, restsUntil] = [0, 0];
  return async () => {
    const outcome = performance.now() < restsUntil ? 'nothing' : await rereadNext(parts);
    if (outcome === 'failed') {
      restsUntil = performance.now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** failures);
      failures += 1;
    }
    if (outcome === 'read') failures = 0;
    if (!(await readLog(reading)) && outcome !== 'read') await delay(SLOW_POLL_MS);
  };
}

async function rereadNext({
  store,
  context,
  log,
}: Pick<Parts, 'store' | 'context' | 'log'>): Promise<'read' | 'failed' | 'nothing'> {
  const next: Reread | undefined = await store.nextReread();
  if (!next) return 'nothing';
  try {
    await rereadUser(context, next);
    await store.endReread(next);
    return 'read';
  } catch (err) {
    if (!(err instanceof ManagementFailure)) throw err;
    log.warn({ err, tenant_id: next.tenantId }, 'a user changed at the authority could not be read; retried');
    await store.endReread(next, RETRY_MS);
    return 'failed';
  }
}
