/**
 * Notices that a caller has left while its service decides whether to switch to WebSocket: nobody reads from the
 * connection then, and its end would be seen only when the switch is made.
 */
import type { Socket } from 'node:net';

/** A caller may send nothing before the answer (RFC 6455 section 4.1); what has come early all the same is kept. */
const EARLY_BYTES = 65_536;

export class HandshakeWatch {
  readonly #socket: Socket;
  readonly #early: Buffer[] = [];
  #bytes = 0;
  #isOver = false;

  /** The connection closes when the caller has ended its side. */
  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#receive).once('end', this.#left);
  }

  /** The service has decided. Gives back what has come. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#socket.off('data', this.#receive).off('end', this.#left).pause();
    if (this.#bytes > 0 && !this.#socket.readableEnded) this.#socket.unshift(Buffer.concat(this.#early));
  }

  readonly #receive = (chunk: Buffer): void => {
    this.#bytes += chunk.length;
    this.#early.push(chunk);
    if (this.#bytes > EARLY_BYTES) this.#left();
  };

  readonly #left = (): void => {
    this.#socket.destroy();
  };
}
