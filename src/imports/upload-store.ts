/**
 * Stores an upload while it arrives. It is not an import yet: what was written expires when the lease is no longer renewed, and is deleted
 * immediately when the upload breaks off. `commit` turns it into an import atomically.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { readRedisTime, redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { afterChange } from '../redis/unanswered.ts';
import type { Seal } from '../secrets/seal.ts';
import { CHUNK_ROWS, firstRowOf, packChunk, plainChunk, type PlainChunk, type StoredRow } from './chunks.ts';
import { stateFields, type NewImport } from './import-state.ts';
import { KEEP_MS } from './import-store.ts';

/** Lifetime of an upload's lease. */
export const UPLOAD_LEASE_MS = 20_000;

const file = (name: string) => new URL(`./scripts/${name}.lua`, import.meta.url);
const scripts = {
  admit: defineScript({
    file: file('admit-import'),
    keys: ['open'],
    args: ['id', 'limit', 'leaseMs', 'beside'],
  }),
  keep: defineScript({
    file: file('keep-upload'),
    keys: ['rows', 'marks', 'lease'],
    args: ['holder', 'leaseMs'],
  }),
  write: defineScript({
    file: file('write-chunks'),
    keys: ['rows', 'marks', 'lease'],
    args: ['holder', 'keepMs', '...chunks'],
  }),
  commit: defineScript({
    file: file('commit-import'),
    keys: ['state', 'rows', 'marks', 'lease'],
    args: ['holder', 'keepMs', '...fields'],
  }),
  discard: defineScript({
    file: file('discard-upload'),
    keys: ['state', 'rows', 'marks', 'lease'],
    args: ['holder'],
  }),
};

/** The keys of an upload. */
const placesOf = (id: string) => ({
  rows: keys.userImportRows(id),
  marks: keys.userImportMarks(id),
  lease: keys.userImportUpload(id),
});

/** @returns the lease's holder; undefined while another upload with this id is in progress */
export async function acquireUploadLease(
  redis: Redis,
  id: string,
  holder = randomUUID(),
): Promise<string | undefined> {
  const taken = await redis.set(keys.userImportUpload(id), holder, 'PX', UPLOAD_LEASE_MS, 'NX');
  if (taken !== 'OK') return undefined;
  // Leftovers of an earlier upload with this id whose process died.
  await redis.unlink(keys.userImportRows(id), keys.userImportMarks(id));
  return holder;
}

/**
 * @param beside id of an import: while it is open, one more is allowed
 * @returns false when the tenant's limit of open imports is reached
 */
export async function admitImport(
  redis: Redis,
  tenantId: string,
  id: string,
  max: number,
  beside = '',
): Promise<boolean> {
  const open = keys.openUserImportsOf(tenantId);
  return (await scripts.admit(redis, { open, id, limit: max, leaseMs: UPLOAD_LEASE_MS, beside })) === 1;
}

/** Releases the lease of an upload that has written nothing. */
export async function releaseUpload(redis: Redis, id: string): Promise<void> {
  await redis.del(keys.userImportUpload(id));
}

/** Renews the entry that `admitImport` created, unless the tenant was deleted meanwhile: nothing of it may reappear. */
export async function keepPlace(redis: Redis, tenantId: string, id: string): Promise<void> {
  await redis.zadd(keys.openUserImportsOf(tenantId), 'XX', redisNow() + UPLOAD_LEASE_MS, id);
}

export async function releasePlace(redis: Redis, tenantId: string, id: string): Promise<void> {
  await redis.zrem(keys.openUserImportsOf(tenantId), id);
}

/** Renews the lease during an upload; does nothing when another upload holds it. */
export async function keepUpload(redis: Redis, tenantId: string, id: string, holder: string): Promise<void> {
  if ((await scripts.keep(redis, { ...placesOf(id), holder, leaseMs: UPLOAD_LEASE_MS })) !== 1) return;
  // Redis' time is read here: this runs in a thread that does not track its clock.
  const until = Math.floor(await readRedisTime(redis)) + UPLOAD_LEASE_MS;
  await redis.zadd(keys.openUserImportsOf(tenantId), 'XX', until, id);
}

/** A chunk as stored. */
export interface PackedChunk {
  number: number;
  sealed: Buffer;
  marks: string;
}

export function packed(seal: Seal, id: string, number: number, rows: PlainChunk): PackedChunk {
  return { number, sealed: packChunk(seal, id, number, rows), marks: rows.marks };
}

/** @throws Problem `overloaded` when its lease was lost: another upload with its id may be in progress */
export async function writeChunks(
  redis: Redis,
  { id, holder }: { id: string; holder: string },
  chunks: readonly PackedChunk[],
): Promise<void> {
  const written = await scripts.write(redis, {
    ...placesOf(id),
    holder,
    keepMs: UPLOAD_LEASE_MS * 2,
    chunks: chunks.flatMap(({ number, sealed, marks }) => [number, sealed, firstRowOf(number) - 1, marks]),
  });
  if (written === 1) return;
  throw new Problem('overloaded', { internal: 'the lease of an upload was lost' });
}

/** @returns false when the lease was lost: then no import is created */
export async function commitImport(
  redis: Redis,
  id: string,
  holder: string,
  made: NewImport,
  keepMs = KEEP_MS,
): Promise<boolean> {
  const isOver = made.failed === made.total;
  // Before the import exists, so that the scan for work finds it from the start.
  await Promise.all([
    redis.sadd(keys.openImports, id),
    redis.zadd(keys.userImportsOf(made.tenantId), Date.parse(made.createdAt), id),
    // Without expiry once it is an import: a crash in between must not cost the tenant one of its slots.
    redis.zadd(keys.openUserImportsOf(made.tenantId), redisNow() + UPLOAD_LEASE_MS, id),
  ]);
  const committed = await scripts.commit(redis, {
    state: keys.userImport(id),
    ...placesOf(id),
    holder,
    keepMs: isOver ? keepMs : '',
    fields: stateFields(made),
  });
  if (committed !== 1) return false;
  // It is an import now, even if this fails.
  if (!isOver) await afterChange(() => redis.zadd(keys.openUserImportsOf(made.tenantId), 'XX', '+inf', id));
  return true;
}

/**
 * Deletes everything of the upload, unless another upload holds its lease, or it has become an import.
 * @returns whether it is no import, and will not become one
 */
export async function discardUpload(
  redis: Redis,
  tenantId: string,
  id: string,
  holder: string,
): Promise<boolean> {
  const discarded = await scripts.discard(redis, { state: keys.userImport(id), ...placesOf(id), holder });
  if (discarded !== 1) return false;
  // Without an import these are only ids, which expire.
  await Promise.all([
    redis.zrem(keys.openUserImportsOf(tenantId), id),
    redis.zrem(keys.userImportsOf(tenantId), id),
    redis.srem(keys.openImports, id),
  ]).catch(() => undefined);
  return true;
}

/** Stores rows that are in memory. */
export async function writeRows(
  redis: Redis,
  seal: Seal,
  upload: { id: string; holder: string },
  rows: readonly StoredRow[],
): Promise<void> {
  for (let chunk = 0; chunk * CHUNK_ROWS < rows.length; chunk += 1) {
    const from = chunk * CHUNK_ROWS;
    const plain = plainChunk(rows.slice(from, from + CHUNK_ROWS));
    await writeChunks(redis, upload, [packed(seal, upload.id, chunk, plain)]);
  }
}
