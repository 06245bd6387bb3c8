/**
 * Where an upload is stored while it arrives. It is no import yet: what was written goes by itself when no word of the upload comes
 * any more, and at once when it breaks off. `commit` makes it an import, whole or not at all.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { redisNow } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { afterChange } from '../redis/unanswered.ts';
import type { Seal } from '../secrets/seal.ts';
import { CHUNK_ROWS, firstRowOf, packChunk, plainChunk, type PlainChunk, type StoredRow } from './chunks.ts';
import { stateFields, type NewImport } from './import-state.ts';
import { KEEP_MS } from './import-store.ts';

/** An upload of which nothing was heard for so long is over. */
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

/** What is written of an upload, and who writes it. */
const placesOf = (id: string) => ({
  rows: keys.userImportRows(id),
  marks: keys.userImportMarks(id),
  lease: keys.userImportUpload(id),
});

/** @returns the lease's holder; undefined while another upload with this id is under way */
export async function takeUpload(
  redis: Redis,
  id: string,
  holder = randomUUID(),
): Promise<string | undefined> {
  const taken = await redis.set(keys.userImportUpload(id), holder, 'PX', UPLOAD_LEASE_MS, 'NX');
  if (taken !== 'OK') return undefined;
  // What an earlier upload with this id left behind when its process died.
  await redis.unlink(keys.userImportRows(id), keys.userImportMarks(id));
  return holder;
}

/**
 * @param beside id of an import: while that is under way, one more is allowed
 * @returns false when the tenant has as many imports under way as it may have
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

/** The lease is free again, and nothing of the upload was written. */
export async function releaseUpload(redis: Redis, id: string): Promise<void> {
  await redis.del(keys.userImportUpload(id));
}

/** A place that `admitImport` gave counts for another while. Not when the tenant is deleted meanwhile: nothing of it may come back. */
export async function keepPlace(redis: Redis, tenantId: string, id: string): Promise<void> {
  await redis.zadd(keys.openUserImportsOf(tenantId), 'XX', redisNow() + UPLOAD_LEASE_MS, id);
}

export async function releasePlace(redis: Redis, tenantId: string, id: string): Promise<void> {
  await redis.zrem(keys.openUserImportsOf(tenantId), id);
}

/** Once in a while during an upload; does nothing when another has its lease by now. */
export async function keepUpload(redis: Redis, tenantId: string, id: string, holder: string): Promise<void> {
  if ((await scripts.keep(redis, { ...placesOf(id), holder, leaseMs: UPLOAD_LEASE_MS })) !== 1) return;
  // Asked here: this runs in a thread of its own, which does not follow Redis' clock.
  const [seconds] = await redis.time();
  const until = Number(seconds) * 1000 + UPLOAD_LEASE_MS;
  await redis.zadd(keys.openUserImportsOf(tenantId), 'XX', until, id);
}

/** A chunk as it is stored. */
export interface PackedChunk {
  number: number;
  sealed: Buffer;
  marks: string;
}

export function packed(seal: Seal, id: string, number: number, rows: PlainChunk): PackedChunk {
  return { number, sealed: packChunk(seal, id, number, rows), marks: rows.marks };
}

/** @throws Problem `overloaded` when its lease was lost: another upload with its id may be under way */
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

/** @returns false when the lease was lost: then there is no import, and there will be none */
export async function commitImport(
  redis: Redis,
  id: string,
  holder: string,
  made: NewImport,
  keepMs = KEEP_MS,
): Promise<boolean> {
  const isOver = made.failed === made.total;
  // Before it exists, so that whoever looks for work finds it from its first moment on.
  await sendAll(
    redis
      .pipeline()
      .sadd(keys.openImports, id)
      .zadd(keys.userImportsOf(made.tenantId), Date.parse(made.createdAt), id)
      // For good once it is an import: a crash in between must not cost the tenant one of its places.
      .zadd(keys.openUserImportsOf(made.tenantId), redisNow() + UPLOAD_LEASE_MS, id),
  );
  const committed = await scripts.commit(redis, {
    state: keys.userImport(id),
    ...placesOf(id),
    holder,
    keepMs: isOver ? keepMs : '',
    fields: stateFields(made),
  });
  if (committed !== 1) return false;
  // It is an import by now, whatever comes of this.
  if (!isOver) await afterChange(() => redis.zadd(keys.openUserImportsOf(made.tenantId), 'XX', '+inf', id));
  return true;
}

/**
 * Nothing of it stays, unless another has its lease, or it is an import by now.
 * @returns whether it is none, and will be none
 */
export async function discardUpload(
  redis: Redis,
  tenantId: string,
  id: string,
  holder: string,
): Promise<boolean> {
  const discarded = await scripts.discard(redis, { state: keys.userImport(id), ...placesOf(id), holder });
  if (discarded !== 1) return false;
  // Without an import they are only names, which go in their time.
  await sendAll(
    redis
      .pipeline()
      .zrem(keys.openUserImportsOf(tenantId), id)
      .zrem(keys.userImportsOf(tenantId), id)
      .srem(keys.openImports, id),
  ).catch(() => undefined);
  return true;
}

/** Rows that are there already, as a whole. */
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
