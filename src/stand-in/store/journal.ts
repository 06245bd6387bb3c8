import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** One change: the new record, or its removal. */
export interface Change {
  table: string;
  key: string;
  record: unknown;
}

/** Below this number of obsolete lines, the file is not rewritten at startup. */
const DEAD_LINES_TOLERATED = 1_000;
/** A buffer of this size is flushed even if no request waits for it. */
const FLUSH_AT_CHARACTERS = 262_144;

/**
 * Stores the state in a file of JSON lines, one change each. Lines are passed to the operating system before the request that caused them
 * is answered, so killing this process loses no acknowledged change. (A power failure may: there is no fsync per line.)
 */
export class Journal {
  readonly #path: string;
  #file: number;
  #buffer = '';
  /** Resolves with the pending flush; undefined if there is none. */
  #flushed: Promise<void> | undefined;

  private constructor(path: string, file: number) {
    this.#path = path;
    this.#file = file;
  }

  /** Opens or creates the file, passes every change in it to `replay`, and rewrites it when most of it is obsolete. */
  static open(storePath: string, replay: (change: Change) => void, current: () => Iterable<Change>): Journal {
    const path = isFolder(storePath) ? join(storePath, 'journal.jsonl') : storePath;
    mkdirSync(dirname(path), { recursive: true });
    let lines = 0;
    if (existsSync(path)) {
      lines = replayFile(path, replay);
    }
    const live = [...current()];
    if (lines - live.length > Math.max(DEAD_LINES_TOLERATED, live.length)) rewrite(path, live);
    return new Journal(path, openSync(path, 'a', 0o600));
  }

  append(change: Change): void {
    const { table, key, record } = change;
    this.#buffer += `${JSON.stringify(record === undefined ? { t: table, k: key } : { t: table, k: key, v: record })}\n`;
    if (this.#buffer.length > FLUSH_AT_CHARACTERS) this.flush();
    this.#flushed ??= new Promise((resolve) =>
      setImmediate(() => {
        this.#flushed = undefined;
        this.flush();
        resolve();
      }),
    );
  }

  /** Awaited before a response is sent: changes of several requests in one turn of the event loop are flushed together. */
  flushed(): Promise<void> | undefined {
    return this.#flushed;
  }

  flush(): void {
    if (this.#buffer === '' || this.#file === -1) return;
    const bytes = Buffer.from(this.#buffer);
    this.#buffer = '';
    for (let written = 0; written < bytes.length;) written += writeSync(this.#file, bytes, written);
  }

  close(): void {
    if (this.#file === -1) return;
    this.flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
    this.#file = -1;
  }

  get path(): string {
    return this.#path;
  }
}

function isFolder(path: string): boolean {
  return path.endsWith('/') || (existsSync(path) && statSync(path).isDirectory());
}

/** @returns number of lines */
function replayFile(path: string, replay: (change: Change) => void): number {
  const content = readFileSync(path);
  // An incomplete last line was being written when the process died; its request was never answered.
  const end = content.lastIndexOf(0x0a) + 1;
  if (end < content.length) truncateSync(path, end);
  let lines = 0;
  for (let from = 0; from < end;) {
    const to = content.indexOf(0x0a, from);
    const { t, k, v } = JSON.parse(content.toString('utf8', from, to)) as {
      t: string;
      k: string;
      v?: unknown;
    };
    replay({ table: t, key: k, record: v });
    from = to + 1;
    lines += 1;
  }
  return lines;
}

function rewrite(path: string, live: Change[]): void {
  const next = `${path}.next`;
  const file = openSync(next, 'w', 0o600);
  let buffer = '';
  for (const { table, key, record } of live) {
    buffer += `${JSON.stringify({ t: table, k: key, v: record })}\n`;
    if (buffer.length > FLUSH_AT_CHARACTERS) {
      writeSync(file, buffer);
      buffer = '';
    }
  }
  writeSync(file, buffer);
  fsyncSync(file);
  closeSync(file);
  renameSync(next, path);
}
