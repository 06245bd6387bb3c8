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

export interface Ingest {
  /**
   * @param destination left out: a dry run
   * @param signal aborts when the sender hangs up: the thread then stops, wherever it is
   * @throws Problem as `takeIn` does; `malformed_body` when the sender is gone, `overloaded` when the thread died; whatever `source`
   * throws. Nothing is written any more then, and what was written is to be discarded
   */
  takeIn(
    source: AsyncIterable<Uint8Array>,
    description: UploadDescription,
    destination: Destination | undefined,
    signal: AbortSignal,
  ): Promise<IngestSummary>;
  close(): Promise<void>;
}

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

interface Upload {
  ahead: number;
  wake: () => void;
  taken: (found: IngestSummary) => void;
  failed: (error: Error) => void;
  /** Nothing more needs to be sent. */
  isOver: boolean;
}

export function createIngest(settings: ThreadSettings, load: IngestLoad, log: Log): Ingest {
  const uploads = new Map<number, Upload>();
  let count = 0;
  let thread: Promise<Worker> | undefined;

  async function start(): Promise<Worker> {
    const worker = new Worker(PROGRAM, {
      eval: typeof PROGRAM === 'string',
      workerData: settings,
      resourceLimits: memoryFor(load),
    });
    worker.on('message', onMessage);
    worker.on('error', (err) => log.error({ err }, 'ingest thread'));
    worker.on('exit', () => {
      thread = undefined;
      // Of the uploads in it nothing is kept, and their senders may try again; the next one starts another thread.
      for (const upload of uploads.values()) upload.failed(threadEnded());
    });
    const exited = once(worker, 'exit').then(() => Promise.reject(threadEnded()));
    exited.catch(() => undefined);
    await Promise.race([once(worker, 'message'), exited]);
    return worker;
  }

  function onMessage(message: FromThread): void {
    if (message.type === 'ready') return;
    const upload = uploads.get(message.upload);
    if (!upload) return;
    if (message.type === 'consumed') {
      upload.ahead -= message.bytes;
      upload.wake();
    } else if (message.type === 'taken') upload.taken(message.found);
    else upload.failed(asError(message));
  }

  async function send(
    worker: Worker,
    number: number,
    upload: Upload,
    source: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const say = (message: ToThread, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);
    try {
      for await (const piece of source) {
        // What the thread says before the end is a failure: the rest of the upload is of no use.
        if (upload.isOver) return;
        const bytes = own(piece);
        upload.ahead += bytes.byteLength;
        say({ type: 'bytes', upload: number, bytes }, [bytes.buffer as ArrayBuffer]);
        while (upload.ahead > AHEAD_BYTES && !upload.isOver)
          await new Promise<void>((resolve) => (upload.wake = resolve));
      }
      say({ type: 'end', upload: number });
    } catch (error) {
      say({ type: 'break', upload: number });
      throw error;
    }
  }

  return {
    async takeIn(source, description, destination, signal) {
      thread ??= start().catch((error: unknown) => {
        thread = undefined;
        throw error;
      });
      const worker = await thread;
      const number = (count += 1);
      let upload!: Upload;
      const result = new Promise<IngestSummary>((taken, failed) => {
        upload = { ahead: 0, wake: () => undefined, taken, failed, isOver: false };
      });
      const over = () => {
        upload.isOver = true;
        upload.wake();
      };
      result.then(over, over);
      uploads.set(number, upload);
      const say = (message: ToThread) => worker.postMessage(message);
      const hangUp = () => say({ type: 'break', upload: number });
      try {
        say({ type: 'begin', upload: number, description, destination });
        if (signal.aborted) hangUp();
        signal.addEventListener('abort', hangUp, { once: true });
        const sending = send(worker, number, upload, source).catch((error: unknown) => error);
        const found = await result.catch(async (error: unknown) => {
          if (!(error instanceof BrokenUpload)) throw error;
          // When the sender broke off, that is the reason; the thread only tells the consequence.
          if (signal.aborted) throw new Problem('malformed_body', { detail: 'The sender is gone.' });
          const reason = await sending;
          throw reason instanceof Error ? reason : error;
        });
        return found;
      } finally {
        signal.removeEventListener('abort', hangUp);
        uploads.delete(number);
      }
    },
    async close() {
      await (await thread?.catch(() => undefined))?.terminate();
    },
  };
}

function asError({ problem, message }: Extract<FromThread, { type: 'failed' }>): Error {
  if (problem) {
    const { code, detail, headers } = problem;
    return Problem.of(code, {
      ...(detail === undefined ? {} : { detail }),
      ...(headers === undefined ? {} : { headers }),
    });
  }
  return message === 'BrokenUpload'
    ? new BrokenUpload('the upload broke off')
    : new Error(`ingest: ${message}`);
}

const threadEnded = () =>
  new Problem('overloaded', { headers: { 'Retry-After': '2' }, internal: 'the ingest thread ended' });

/** To be given away, a piece must have its memory to itself. */
function own(piece: Uint8Array): Uint8Array {
  return piece.byteLength === piece.buffer.byteLength && piece.buffer instanceof ArrayBuffer
    ? piece
    : Uint8Array.from(piece);
}
