/**
 * The ingest thread: parses, validates, seals and stores uploads, so that the thread that answers requests is not blocked. Has its own
 * connection to Redis.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createSchemaCheck } from '../../contract/validators.ts';
import { Problem } from '../../problem.ts';
import { connectForWaiting, redisProblem } from '../../redis/connections.ts';
import { closePrototypes } from '../../prototypes.ts';
import { createSeal } from '../../secrets/seal.ts';
import { createColumns } from '../parsing/csv-columns.ts';
import { keepUpload, packed, UPLOAD_LEASE_MS, writeChunks } from '../upload-store.ts';
import { createHeldBytes } from './held-bytes.ts';
import type { FromThread, ThreadSettings, ToThread } from './messages.ts';
import { createPace } from './pace.ts';
import { createTurns } from './turns.ts';
import { createUploadSource, type UploadSource } from './upload-source.ts';
import { ingestUpload, type ChunkWriter } from './ingest-upload.ts';

closePrototypes();
const { redisSettings, encryptionKeys, rowSchema } = workerData as ThreadSettings;
const byId = new Map([...encryptionKeys.byId].map(([id, key]) => [id, Buffer.from(key)]));
const seal = createSeal({ ...encryptionKeys, byId });
// Created once: an upload must cost only its content.
const reading = {
  check: createSchemaCheck(rowSchema),
  columns: createColumns(rowSchema),
  held: createHeldBytes(),
};
const turns = createTurns();
// A row that is not JSON is no fault of ours: without a stack trace, parsing it costs half.
Error.stackTraceLimit = 0;
// A short outage of Redis costs an upload nothing. In a longer one its lease expires, and its sender must get an error.
const redis = connectForWaiting(redisSettings, UPLOAD_LEASE_MS);
// Commands reject by themselves; without a listener the event would end the thread.
redis.on('error', () => undefined);

const post = (message: FromThread) => parentPort?.postMessage(message);
const uploads = new Map<number, UploadSource>();

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'begin') return void work(message);
  const source = uploads.get(message.upload);
  if (message.type === 'bytes') source?.add(message.bytes);
  else if (message.type === 'end') source?.end();
  else source?.break();
});
post({ type: 'ready' });

async function work({
  upload,
  description,
  destination,
}: Extract<ToThread, { type: 'begin' }>): Promise<void> {
  const source = createUploadSource((bytes) => post({ type: 'consumed', upload, bytes }));
  const { tenantId, maxCpuSeconds } = description;
  const pace = createPace({ turns, tenantId, source, maxCpuMs: maxCpuSeconds * 1_000 });
  uploads.set(upload, source);
  const keeping =
    destination &&
    setInterval(
      () =>
        void keepUpload(redis, destination.tenantId, destination.id, destination.holder).catch(
          () => undefined,
        ),
      UPLOAD_LEASE_MS / 4,
    );
  try {
    const writer: ChunkWriter | undefined = destination && {
      pack: (number, rows) => packed(seal, destination.id, number, rows),
      write: (chunks) => writeChunks(redis, destination, chunks),
    };
    post({ type: 'taken', upload, found: await ingestUpload(source, description, reading, pace, writer) });
  } catch (error) {
    const found = error instanceof Problem ? error : redisProblem(error);
    const problem = found && toMessage(found);
    // Only the error's class: its text may quote rows.
    post({ type: 'failed', upload, problem, message: error instanceof Error ? error.name : 'unknown' });
  } finally {
    clearInterval(keeping);
    uploads.delete(upload);
  }
}

const toMessage = ({ code, parts: { detail, headers } }: Problem) => ({ code, detail, headers });
