/**
 * The main thread's part of ingesting uploads: forwards bytes to the ingest thread no faster than they are read there (backpressure),
 * and awaits the thread's result.
 */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { Log } from '../../log.ts';
import { Problem } from '../../problem.ts';
import type { Destination, FromThread, ThreadSettings, ToThread } from './messages.ts';
import type { IngestSummary, UploadDescription } from './ingest-upload.ts';
import { BrokenUpload } from './upload-source.ts';

/** Unacknowledged bytes of one upload, at most: several times the thread's acknowledgement interval. */
const AHEAD_BYTES = 524_288;
/** What the thread's memory must suffice for. */
export interface IngestLoad {
  /** Length of the longest accepted row. */
  lineBytes: number;
  /** Concurrent uploads. */
  uploads: number;
}

/** Memory of parsed JSON per byte: `{},` becomes an object of 56 bytes and a pointer to it. */
const PARSED_BYTES_PER_BYTE = 24;
/** Memory of one open upload: its columns, and the text of rows that are not packed yet. */
const UPLOAD_MIB = 0.5;
const MIB = 1_048_576;

/**
 * A small heap, because rows only pass through: exceeding it is a fault, and must not take the process down. It must hold a row of
 * maximum length: running out of heap inside one JSON.parse ends the whole process.
 */
const memoryFor = ({ lineBytes, uploads }: IngestLoad): ResourceLimits => ({
  maxOldGenerationSizeMb: Math.ceil(40 + uploads * UPLOAD_MIB + (lineBytes * PARSED_BYTES_PER_BYTE) / MIB),
  maxYoungGenerationSizeMb: 16,
});

/** Node passes the TypeScript loader to no other thread, so the thread registers it. A build is JavaScript and needs none. */
const FILE = JSON.stringify(fileURLToPath(new URL('./thread.ts', import.meta.url)));
const PROGRAM = import.meta.url.endsWith('.ts')
  ? `require('tsx/cjs/api').require(${FILE}, ${FILE})`
  : new URL('./thread.js', import.meta.url);

/** One upload that is forwarded to the thread. */
class Upload {
  readonly number: number;
  /** The thread's result. */
  readonly result: Promise<IngestSummary>;
  taken!: (found: IngestSummary) => void;
  failed!: (error: Error) => void;
  readonly #worker: Worker;
  #ahead = 0;
  #wake = (): void => undefined;
  /** Nothing more needs to be sent. */
  #isOver = false;

  constructor(worker: Worker, number: number) {
    this.#worker = worker;
    this.number = number;
    this.result = new Promise((taken, failed) => {
      this.taken = taken;
      this.failed = failed;
    });
    const over = () => {
      this.#isOver = true;
      this.#wake();
    };
    this.result.then(over, over);
  }

  consumed(bytes: number): void {
    this.#ahead -= bytes;
    this.#wake();
  }

  begin(description: UploadDescription, destination: Destination | undefined): void {
    this.#post({ type: 'begin', upload: this.number, description, destination });
  }

  break(): void {
    this.#post({ type: 'break', upload: this.number });
  }

  async send(source: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const piece of source) {
        // A result before the end is a failure: the rest of the upload is not needed.
        if (this.#isOver) return;
        const bytes = own(piece);
        this.#ahead += bytes.byteLength;
        this.#post({ type: 'bytes', upload: this.number, bytes }, [bytes.buffer]);
        while (this.#ahead > AHEAD_BYTES && !this.#isOver)
          await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      this.#post({ type: 'end', upload: this.number });
    } catch (error) {
      this.break();
      throw error;
    }
  }

  #post(message: ToThread, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}

export class Ingest {
  readonly #settings: ThreadSettings;
  readonly #load: IngestLoad;
  readonly #log: Log;
  readonly #uploads = new Map<number, Upload>();
  #count = 0;
  #thread: Promise<Worker> | undefined;

  constructor(settings: ThreadSettings, load: IngestLoad, log: Log) {
    this.#settings = settings;
    this.#load = load;
    this.#log = log;
  }

  /**
   * @param destination left out: a dry run
   * @param signal aborts when the sender disconnects: the thread then stops
   * @throws Problem as `ingestUpload` does; `malformed_body` when the sender has disconnected, `overloaded` when the thread died; and
   * whatever `source` throws. Nothing is written after that, and the caller discards what was written
   */
  async ingest(
    source: AsyncIterable<Uint8Array>,
    description: UploadDescription,
    destination: Destination | undefined,
    signal: AbortSignal,
  ): Promise<IngestSummary> {
    const upload = new Upload(await this.#running(), (this.#count += 1));
    this.#uploads.set(upload.number, upload);
    const hangUp = () => upload.break();
    try {
      upload.begin(description, destination);
      if (signal.aborted) hangUp();
      signal.addEventListener('abort', hangUp, { once: true });
      const sending = upload.send(source).catch((error: unknown) => error);
      return await upload.result.catch(async (error: unknown) => {
        if (!(error instanceof BrokenUpload)) throw error;
        // A disconnect is the cause; what the thread reports is its consequence.
        if (signal.aborted) throw new Problem('malformed_body', { detail: 'The sender has disconnected.' });
        const reason = await sending;
        throw reason instanceof Error ? reason : error;
      });
    } finally {
      signal.removeEventListener('abort', hangUp);
      this.#uploads.delete(upload.number);
    }
  }

  async close(): Promise<void> {
    await (await this.#thread?.catch(() => undefined))?.terminate();
  }

  #running(): Promise<Worker> {
    this.#thread ??= this.#start().catch((error: unknown) => {
      this.#thread = undefined;
      throw error;
    });
    return this.#thread;
  }

  async #start(): Promise<Worker> {
    const worker = new Worker(PROGRAM, {
      eval: typeof PROGRAM === 'string',
      workerData: this.#settings,
      resourceLimits: memoryFor(this.#load),
    });
    worker.on('message', (message: FromThread) => this.#onMessage(message));
    worker.on('error', (err) => this.#log.error({ err }, 'ingest thread'));
    worker.on('exit', () => {
      this.#thread = undefined;
      // Its uploads are lost, and their senders may retry; the next upload starts another thread.
      for (const upload of this.#uploads.values()) upload.failed(threadEnded());
    });
    const exited = once(worker, 'exit').then(() => Promise.reject(threadEnded()));
    exited.catch(() => undefined);
    await Promise.race([once(worker, 'message'), exited]);
    return worker;
  }

  #onMessage(message: FromThread): void {
    if (message.type === 'ready') return;
    const upload = this.#uploads.get(message.upload);
    if (message.type === 'consumed') upload?.consumed(message.bytes);
    else if (message.type === 'taken') upload?.taken(message.found);
    else upload?.failed(asError(message));
  }
}

function asError({ problem, message }: Extract<FromThread, { type: 'failed' }>): Error {
  if (problem) {
    const { code, ...parts } = problem;
    return Problem.of(code, parts);
  }
  return message === 'BrokenUpload'
    ? new BrokenUpload('the upload broke off')
    : new Error(`ingest: ${message}`);
}

const threadEnded = () =>
  new Problem('overloaded', { headers: { 'Retry-After': '2' }, internal: 'the ingest thread ended' });

/** To be transferred, a piece must own its memory. */
function own(piece: Uint8Array): Uint8Array<ArrayBuffer> {
  return hasOwnMemory(piece) ? piece : Uint8Array.from(piece);
}

const hasOwnMemory = (piece: Uint8Array): piece is Uint8Array<ArrayBuffer> =>
  piece.byteLength === piece.buffer.byteLength && piece.buffer instanceof ArrayBuffer;
