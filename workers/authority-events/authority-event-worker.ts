/** Processes events of the authority: two loops, each in one worker process at a time. The second one waits for the budget, the first never. */
import { setTimeout as delay } from 'node:timers/promises';
import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { AuthorityEventStore, Reread } from '../../src/authority-events/authority-event-store.ts';
import type { Log } from '../../src/log.ts';
import { keys } from '../../src/redis/keys.ts';
import { createLease } from '../../src/redis/leases.ts';
import { LeaseLoop } from '../lease-loop.ts';
import { applyEvent, type ApplyParts } from './apply-event.ts';
import { readLog, type LogParts } from './read-log.ts';
import { rereadUser, type RereadContext } from './reread-user.ts';

type Parts = Omit<ApplyParts, 'organizationHolder'> &
  Omit<LogParts, 'management'> & {
    context: RereadContext;
    /** Aborted when the process stops. */
    stopped: AbortSignal;
  };

/** Poll interval: how long an event waits at most. */
const POLL_MS = 100;
const SLOW_POLL_MS = 500;
/** After a failure of the authority. */
const RETRY_MS = 30_000;

export class AuthorityEventWorker {
  readonly #loops: LeaseLoop[];

  constructor(parts: Parts) {
    const { redis, log, context, stopped } = parts;
    const applying = {
      ...parts,
      organizationHolder: (organization: string) => context.tenants.organizationHolder(organization),
    };
    const reading = { ...parts, management: context.management };
    const onError = (err: unknown) => {
      if (!stopped.aborted) log.warn({ err }, 'events of the authority not processed; retried');
    };
    const start = (key: string, turn: () => Promise<void>) =>
      new LeaseLoop({ lease: createLease(redis, key), turn, onError });
    this.#loops = [
      start(keys.authorityApplier, createApplying(applying)),
      start(keys.authorityReader, async () => {
        const wasReread = await rereadNext(parts);
        if (!(await readLog(reading)) && !wasReread) await delay(SLOW_POLL_MS);
      }),
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
    for (const one of page) isBusy = (await applyEvent(parts, one)) || isBusy;
    after = page.at(-1)?.entry;
    if (!isBusy) await delay(POLL_MS);
  };
}

async function rereadNext({
  store,
  context,
  log,
}: {
  store: AuthorityEventStore;
  context: RereadContext;
  log: Log;
}) {
  const next: Reread | undefined = await store.nextReread();
  if (!next) return false;
  try {
    await rereadUser(context, next);
    await store.endReread(next);
  } catch (err) {
    if (!(err instanceof ManagementFailure)) throw err;
    log.warn({ err, tenant_id: next.tenantId }, 'a user changed at the authority could not be read; retried');
    await store.endReread(next, RETRY_MS);
  }
  return true;
}
