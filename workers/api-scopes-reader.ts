/**
 * Reads which scopes the API has at the authority: when a process asks (at its start, and when it has read `SERVICES`
 * again), now and then while a scope is missing, and seldom otherwise. One worker at a time, whatever their number.
 */
import type { Gateway } from '../src/gateway/load-gateway.ts';
import { createMissingScopesReport } from '../src/gateway/report-missing-scopes.ts';
import type { Log } from '../src/log.ts';
import type { ApiScopesState, ApiScopesStore } from '../src/registry/api-scopes.ts';
import { followApiScopes, type KnownApiScopes } from '../src/registry/known-api-scopes.ts';

interface Parts {
  store: ApiScopesStore;
  /** Reads them at the authority, into the store. */
  readNow: () => Promise<unknown>;
  /** The contract as this process has read it last. */
  gateway: () => Gateway;
  /** Time between readings while a scope is missing, and after one that failed, ms. */
  missingEveryMs: number;
  /** Otherwise. */
  everyMs: number;
  /** However many processes ask, there are no more readings than one in this time, ms. */
  minGapMs?: number;
  log: Log;
}

const MIN_GAP_MS = 10_000;

export async function startApiScopesReader(parts: Parts): Promise<KnownApiScopes> {
  const { store, gateway, minGapMs = MIN_GAP_MS, log } = parts;
  const report = createMissingScopesReport(log);
  let askedFor: Gateway | undefined;
  let isReading = false;

  return followApiScopes(store, async (known, state) => {
    const now = gateway();
    report(known, now);
    if (askedFor !== now) {
      await store.ask();
      askedFor = now;
    }
    const isMissing = (known.missing(now.contract.scopes) ?? []).length > 0;
    if (isReading || !isDue(parts, state, isMissing) || !(await store.takeTurn(minGapMs))) return;
    isReading = true;
    void read(parts).finally(() => (isReading = false));
  });
}

function isDue(
  { store, missingEveryMs, everyMs }: Parts,
  { readAt, askedAt }: ApiScopesState,
  isMissing: boolean,
): boolean {
  if (readAt === undefined || (askedAt !== undefined && askedAt >= readAt)) return true;
  return store.now() - readAt >= (isMissing ? Math.min(missingEveryMs, everyMs) : everyMs);
}

async function read({ store, readNow, missingEveryMs, log }: Parts): Promise<void> {
  try {
    await readNow();
  } catch (err) {
    log.warn({ err }, 'the scopes that the API has at the authority could not be read; this is tried again');
    await store.postpone(missingEveryMs).catch(() => undefined);
  }
}
