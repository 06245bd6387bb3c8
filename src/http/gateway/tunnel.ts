/** The connection of a caller that switched to WebSocket, joined with that of the service. */
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { pairsOf } from '../../gateway/raw-fields.ts';
import type { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import { noteCutOff } from '../streams/send-stream.ts';
import { closeFrame, FrameBoundary, GOING_AWAY, POLICY_VIOLATION } from './web-socket-frames.ts';

/** How long the caller may take to receive the last frame. */
const LAST_FRAME_MS = 2_000;
const SWITCHING = 101;
const STOPPING = 'stopping';

export class Tunnel {
  readonly #ctx: Context;
  readonly #caller: Duplex;
  readonly #service: Duplex;
  readonly #frames = new FrameBoundary();
  #isCut = false;

  /**
   * Sends the head (RFC 6455 section 4.2.2).
   * @param fields alternately a name and its value
   * @param idleMs both connections end when nothing passes for so long
   */
  constructor(ctx: Context, fields: readonly string[], service: Duplex, idleMs: number) {
    const { socket } = ctx.req;
    this.#ctx = ctx;
    this.#caller = socket;
    this.#service = service;
    ctx.respond = false;
    ctx.res.statusCode = SWITCHING;
    ctx.res.detachSocket(socket);
    socket.setTimeout(idleMs, () => this.breakOff());
    this.#caller.write(headOf(fields), 'latin1');
    this.#join();
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** For a caller who may not call any more. Says why, unless a frame of the service is under way. */
  cutOff({ code }: Problem): void {
    noteCutOff(this.#ctx, code);
    if (this.#frames.isComplete) this.#close(POLICY_VIOLATION, code);
    else this.breakOff();
  }

  /** This process stops. A frame that is under way is sent to its end. */
  goAway(): void {
    if (this.#isCut) return;
    noteCutOff(this.#ctx, STOPPING);
    if (this.#frames.isComplete) return this.#close(GOING_AWAY, STOPPING);
    const late = setTimeout(() => this.breakOff(), LAST_FRAME_MS);
    this.#caller.once('close', () => clearTimeout(late));
    this.#service.on('data', () => {
      if (!this.#isCut && this.#frames.isComplete) this.#close(GOING_AWAY, STOPPING);
    });
  }

  #close(status: number, reason: string): void {
    this.#isCut = true;
    this.#service.unpipe(this.#caller);
    this.#service.destroy();
    this.#caller.end(closeFrame(status, reason));
    // Whatever else it sends goes nowhere.
    this.#caller.resume();
    const late = setTimeout(() => this.breakOff(), LAST_FRAME_MS);
    this.#caller.once('close', () => clearTimeout(late));
  }

  breakOff(): void {
    this.#isCut = true;
    this.#service.destroy();
    this.#caller.destroy();
  }

  #join(): void {
    const [caller, service] = [this.#caller, this.#service];
    const end = () => this.breakOff();
    caller.on('error', end).once('close', end);
    service.on('error', end).once('close', () => this.#serviceClosed());
    service.on('data', (chunk: Buffer) => this.#frames.add(chunk));
    service.pipe(caller);
    caller.pipe(service);
  }

  /** What it sent last is still on its way to the caller. */
  #serviceClosed(): void {
    if (this.#isCut) return;
    if (!this.#caller.writableEnded) this.#caller.end();
    const late = setTimeout(() => this.breakOff(), LAST_FRAME_MS);
    this.#caller.resume().once('close', () => clearTimeout(late));
  }
}

function headOf(fields: readonly string[]): string {
  const lines = pairsOf(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${SWITCHING} ${STATUS_CODES[SWITCHING]}\r\n`;
  return `${status}Connection: Upgrade\r\nUpgrade: websocket\r\n${lines.join('')}\r\n`;
}
