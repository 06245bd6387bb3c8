import type { Writable } from 'node:stream';

const CHUNK = Buffer.alloc(65_536, 'x');

/** Sends as fast as they are taken, and ends. */
export function sendBytes(to: Writable, bytes: number): void {
  let left = bytes;
  const send = () => {
    while (left > 0) {
      const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
      left -= chunk.length;
      if (!to.write(chunk)) return void to.once('drain', send);
    }
    to.end();
  };
  send();
}
