/** Ends the relay jobs and imports that a restored Redis holds: they may have been done after the backup, so none is done again. */
import type { Redis } from 'ioredis';
import { closeImport } from '../../src/imports/close-import.ts';
import type { ImportStore } from '../../src/imports/import-store.ts';
import { isOpenMark, isPendingMark, markOf, type Mark } from '../../src/imports/row-outcome.ts';
import type { JobStore } from '../../src/relay/job-store.ts';
import { RECORD_KEEP_MS } from '../../src/relay/relay-job.ts';
import { listRelayJobs } from '../../src/restore/clear-restored.ts';
import type { Finding } from '../../src/restore/restored-state.ts';

/** @param dryRun only say which. Here and below: what is found is stored before it is ended, so that a kill in between loses nothing */
export async function endJobs(redis: Redis, records: JobStore, dryRun: boolean): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const id of await listRelayJobs(redis)) {
    const record = await records.read(id);
    if (!record || (record.status !== 'queued' && record.status !== 'running')) continue;
    if (!dryRun) await records.end(record, { problem: { code: 'outcome_unknown' } }, RECORD_KEEP_MS);
    // Internal jobs are queued again by the upkeep, which looks first what is to be done.
    if (record.event) found.push({ what: 'job_unknown', id, tenant_id: record.tenantId, done: 'unknown' });
  }
  return found;
}

/** A user that was created and not made a member yet exists; who has left the tenant since must not be made one again. */
function endOf(mark: Mark, row: number): (readonly [row: number, end: 'u' | 'c'])[] {
  if (!isPendingMark(mark)) return [];
  return [[row, isOpenMark(mark) ? 'u' : 'c']];
}

/** Rows per step. */
const TOGETHER = 1_000;

export async function endImports(redis: Redis, store: ImportStore, dryRun: boolean): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const id of await store.openImports()) {
    const state = await store.read(id);
    if (!state) continue;
    found.push({ what: 'import_unknown', id, tenant_id: state.tenantId, done: 'unknown' });
    if (dryRun) continue;
    for (let from = 1; from <= state.total; from += TOGETHER) {
      const marks = await store.readMarks(id, from, Math.min(state.total, from + TOGETHER - 1));
      const ends = [...marks].flatMap((byte, index) => endOf(markOf(byte), from + index));
      if (ends.length > 0) await store.record(id, ends);
    }
    const ended = await store.read(id);
    if (ended) await closeImport(redis, store, ended);
  }
  return found;
}
