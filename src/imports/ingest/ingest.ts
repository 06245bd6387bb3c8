/**
 * The main thread's half of taking uploads in: hands the bytes on to the ingest thread as they come, no faster than they are
 * read there, and waits for what it says.
 */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { Log } from '../../log.ts';
import { Problem } from '../../problem.ts';
import type { Destination, FromThread, ThreadSettings, ToThread } from './messages.ts';
import type { IngestSummary, UploadDescription } from './ingest-upload.ts';
import { BrokenUpload } from './upload-source.ts';

/** So much of one upload may be on its way to the thread: several times what is read there before it is told. */
const AHEAD_BYTES = 524_288;
/** What the thread must have room for. */
export interface IngestLoad {
  /** Of the longest row that is read. */
  lineBytes: number;
  /** Uploads that are read beside each other. */
  uploads: number;
}

/** Of bytes of JSON when they are parsed: `{},` makes an object of 56 bytes and a pointer to it. */
const PARSED_BYTES_PER_BYTE = 24;
/** Of one upload that is open: its columns, the text of rows that are not packed yet. */
const UPLOAD_MIB = 0.5;
const MIB = 1_048_576;

/**
 * Its heap is small, because rows pass through it; what is beyond this is a fault, and must not take the process with it. There must be
 * room for a row as long as it may be: what is too large for the heap within one JSON.parse ends the whole process.
 */
const memoryFor = ({ lineBytes, uploads }: IngestLoad): ResourceLimits => ({
  maxOldGenerationSizeMb: Math.ceil(40 + uploads * UPLOAD_MIB + (lineBytes * PARSED_BYTES_PER_BYTE) / MIB),
  maxYoungGenerationSizeMb: 16,
});

/** Node hands the loader that reads TypeScript to no other thread, so the thread asks for it. A build is JavaScript and needs none. */
const FILE = JSON.stringify(fileURLToPath(new URL('./thread.ts', import.meta.url)));
const PROGRAM = import.meta.url.endsWith('.ts')
  ? `require('tsx/cjs/api').require(${FILE}, ${FILE})`
  : new URL('./thread.js', import.meta.url);

/** One upload on its way to the thread. */
class Upload {
  readonly number: number;
  /** What the thread found. */
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
    this.#say({ type: 'begin', upload: this.number, description, destination });
  }

  break(): void {
    this.#say({ type: 'break', upload: this.number });
  }

  async send(source: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const piece of source) {
        // What the thread says before the end is a failure: the rest of the upload is of no use.
        if (this.#isOver) return;
        const bytes = own(piece);
        this.#ahead += bytes.byteLength;
        this.#say({ type: 'bytes', upload: this.number, bytes }, [bytes.buffer]);
        while (this.#ahead > AHEAD_BYTES && !this.#isOver)
          await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      this.#say({ type: 'end', upload: this.number });
    } catch (error) {
      this.break();
      throw error;
    }
  }

  #say(message: ToThread, transfer: ArrayBuffer[] = []): void {
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
   * @param signal aborts when the sender hangs up: the thread then stops, wherever it is
   * @throws Problem as `ingestUpload` does; `malformed_body` when the sender is gone, `overloaded` when the thread died; whatever
   * `source` throws. Nothing is written any more then, and what was written is to be discarded
   */
  async takeIn(
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
        // When the sender broke off, that is the reason; the thread only tells the consequence.
        if (signal.aborted) throw new Problem('malformed_body', { detail: 'The sender is gone.' });
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
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (err) => this.#log.error({ err }, 'ingest thread'));
    worker.on('exit', () => {
      this.#thread = undefined;
      // Of the uploads in it nothing is kept, and their senders may try again; the next one starts another thread.
      for (const upload of this.#uploads.values()) upload.failed(threadEnded());
    });
    const exited = once(worker, 'exit').then(() => Promise.reject(threadEnded()));
    exited.catch(() => undefined);
    await Promise.race([once(worker, 'message'), exited]);
    return worker;
  }

  #hear(message: FromThread): void {
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

/** To be given away, a piece must have its memory to itself. */
function own(piece: Uint8Array): Uint8Array<ArrayBuffer> {
  return hasOwnMemory(piece) ? piece : Uint8Array.from(piece);
}

const hasOwnMemory = (piece: Uint8Array): piece is Uint8Array<ArrayBuffer> =>
  piece.byteLength === piece.buffer.byteLength && piece.buffer instanceof ArrayBuffer;
