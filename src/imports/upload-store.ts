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
import { loadScript } from '../redis/scripts.ts';
import { afterChange } from '../redis/unanswered.ts';
import type { Seal } from '../secrets/seal.ts';
import { CHUNK_ROWS, firstRowOf, packChunk, plainChunk } from './chunks.ts';
import type { PlainChunk, StoredRow } from './chunks.ts';
import { stateFields } from './import-state.ts';
import type { NewImport } from './import-state.ts';
import { KEEP_MS } from './row-store.ts';

/** An upload of which nothing was heard for so long is over. */
export const UPLOAD_LEASE_MS = 20_000;

const commitScript = loadScript(new URL('./scripts/commit-import.lua', import.meta.url));
const admitScript = loadScript(new URL('./scripts/admit-import.lua', import.meta.url));
const keepScript = loadScript(new URL('./scripts/keep-upload.lua', import.meta.url));
const writeScript = loadScript(new URL('./scripts/write-chunks.lua', import.meta.url));
const discardScript = loadScript(new URL('./scripts/discard-upload.lua', import.meta.url));

/** @returns the lease's holder; undefined while another upload with this id is under way */
export async function takeUpload(redis: Redis, id: string): Promise<string | undefined> {
  const holder = randomUUID();
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
  return (await admitScript.run(redis, [open], [id, max, UPLOAD_LEASE_MS, beside])) === 1;
}

/** Once in a while during an upload; does nothing when another has its lease by now. */
export async function keepUpload(redis: Redis, tenantId: string, id: string, holder: string): Promise<void> {
  const places = [keys.userImportRows(id), keys.userImportMarks(id), keys.userImportUpload(id)];
  if ((await keepScript.run(redis, places, [holder, UPLOAD_LEASE_MS])) !== 1) return;
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
  const places = [keys.userImportRows(id), keys.userImportMarks(id), keys.userImportUpload(id)];
  const all = chunks.flatMap(({ number, sealed, marks }) => [number, sealed, firstRowOf(number) - 1, marks]);
  if ((await writeScript.run(redis, places, [holder, UPLOAD_LEASE_MS * 2, ...all])) === 1) return;
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
  const places = [
    keys.userImport(id),
    keys.userImportRows(id),
    keys.userImportMarks(id),
    keys.userImportUpload(id),
  ];
  const fields = Object.entries(stateFields(made)).flat();
  if ((await commitScript.run(redis, places, [holder, isOver ? keepMs : '', ...fields])) !== 1) return false;
  // It is an import by now, whatever comes of this.
  if (!isOver) await afterChange(() => redis.zadd(keys.openUserImportsOf(made.tenantId), 'XX', '+inf', id));
  return true;
}

/** Nothing of it stays, unless another has its lease, or it is an import by now. */
export async function discardUpload(
  redis: Redis,
  tenantId: string,
  id: string,
  holder: string,
): Promise<void> {
  const places = [
    keys.userImport(id),
    keys.userImportRows(id),
    keys.userImportMarks(id),
    keys.userImportUpload(id),
  ];
  if ((await discardScript.run(redis, places, [holder])) !== 1) return;
  await sendAll(
    redis
      .pipeline()
      .zrem(keys.openUserImportsOf(tenantId), id)
      .zrem(keys.userImportsOf(tenantId), id)
      .srem(keys.openImports, id),
  );
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
