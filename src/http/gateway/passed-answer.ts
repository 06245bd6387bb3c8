/** The answer of a service on its way to the caller, with backpressure to the service. */
import { valueOf } from '../../gateway/raw-fields.ts';
import type { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import { noteCutOff } from '../streams/send-stream.ts';
import { EventBoundary } from './event-boundary.ts';

/** How long sending the last event of a cut-off stream may take. */
const LAST_EVENT_MS = 2_000;
/** How long other streams may go on while the process stops, which has 15 s for it. */
const LAST_STREAM_MS = 10_000;
/** Longest body that is sent together with the head, when it came in one piece. */
const SENT_AT_ONCE_BYTES = 16_384;

interface Head {
  status: number;
  /** Alternately a name and its value. */
  fields: string[];
  /** Passed on at once, chunk by chunk. */
  isStream: boolean;
  /** How long the caller may read nothing while there is something to read. */
  idleMs: number;
}

export class PassedAnswer {
  readonly isStream: boolean;
  readonly #ctx: Context;
  readonly #idleMs: number;
  /** Of an event stream that another event can be added to. */
  readonly #boundary: EventBoundary | undefined;
  /** Of the body, as the service declares it; NaN: it does not. */
  readonly #length: number;
  /** The body, when it came in one piece: Node then writes it together with the head. */
  #whole: string | undefined;
  #isCut = false;
  /** The process stops. */
  #isGoing = false;
  /** Set while there was something that the caller had not read yet. */
  #resume: (() => void) | undefined;

  /** Sends the head. */
  constructor(ctx: Context, { status, fields, isStream, idleMs }: Head) {
    this.#ctx = ctx;
    this.#idleMs = idleMs;
    this.isStream = isStream;
    this.#length = isStream ? NaN : Number(valueOf(fields, 'content-length'));
    if (isStream && isOpenEventStream(ctx, fields)) this.#boundary = new EventBoundary();
    ctx.res.writeHead(status, fields);
    // Only now: what Node refuses to write becomes a Problem.
    ctx.respond = false;
    if (isStream) ctx.res.flushHeaders();
  }

  /** @returns whether it was ended before its end */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** @returns false: no more until `resume` is called */
  write(chunk: Buffer, resume: () => void): boolean {
    if (chunk.length === this.#length && chunk.length <= SENT_AT_ONCE_BYTES) {
      this.#whole = chunk.toString('latin1');
      return true;
    }
    if (this.#isCut) return true;
    this.#boundary?.add(chunk);
    const isTaken = this.#ctx.res.write(chunk);
    this.#endIfWhole();
    if (isTaken) return true;
    if (!this.#resume) this.#waitForReader(resume);
    return false;
  }

  /** @param trailers sent only where the answer is chunked (RFC 9112 section 7.1.2) */
  end(trailers: readonly [string, string][]): void {
    const { res } = this.#ctx;
    // The service's connection has other requests from now on.
    if (this.#resume) res.off('drain', this.#resume);
    if (trailers.length > 0) res.addTrailers(trailers);
    if (this.#whole === undefined) res.end();
    else res.end(this.#whole, 'latin1');
  }

  /** For a caller who may not call any more. An event stream says why, if its last event is complete. */
  cutOff({ code, title }: Problem): void {
    const { res } = this.#ctx;
    noteCutOff(this.#ctx, code);
    if (!this.#boundary?.isComplete || res.writableEnded) return this.breakOff();
    this.#isCut = true;
    res.end(`event: end\ndata: ${JSON.stringify({ code, title })}\n\n`);
    const late = setTimeout(() => this.breakOff(), LAST_EVENT_MS);
    res.once('close', () => clearTimeout(late));
  }

  /**
   * This process stops. An event stream ends after its last whole event, and its reader connects again; others may be
   * complete before the process ends.
   */
  goAway(): void {
    const { res } = this.#ctx;
    const late = setTimeout(() => this.breakOff(), this.#boundary ? LAST_EVENT_MS : LAST_STREAM_MS);
    res.once('close', () => clearTimeout(late));
    this.#isGoing = true;
    this.#endIfWhole();
  }

  #endIfWhole(): void {
    if (!this.#isGoing || !this.#boundary?.isComplete || this.#isCut) return;
    noteCutOff(this.#ctx, 'stopping');
    this.#isCut = true;
    this.#ctx.res.end();
  }

  /** Resets the connection: an orderly close, or the last chunk, would make a part of an answer look whole. */
  breakOff(): void {
    this.#isCut = true;
    this.#ctx.req.socket.resetAndDestroy();
  }

  #waitForReader(resume: () => void): void {
    const { res } = this.#ctx;
    this.#resume = resume;
    res.on('drain', resume);
    res.setTimeout(this.#idleMs, () => {
      // An idle service is no reason to disconnect; it has a timeout of its own.
      if (res.writableLength === 0) res.setTimeout(this.#idleMs);
      else {
        noteCutOff(this.#ctx, 'not_read');
        this.breakOff();
      }
    });
  }
}

/** Whether something can be added that its reader understands. */
function isOpenEventStream({ method }: Context, fields: readonly string[]): boolean {
  return (
    method !== 'HEAD' &&
    isEventStream(fields) &&
    valueOf(fields, 'content-encoding') === undefined &&
    valueOf(fields, 'content-length') === undefined
  );
}

export const isEventStream = (fields: readonly string[]): boolean =>
  /^\s*text\/event-stream\s*(?:;|$)/i.test(valueOf(fields, 'content-type') ?? '');
