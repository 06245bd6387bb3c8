/** Where the frames of a WebSocket connection end, so that one of ours can follow (RFC 6455 section 5.2). */

/** Why a connection is ended (RFC 6455 section 7.4.1): the server goes down; the connection breaks a rule. */
export const GOING_AWAY = 1001;
export const POLICY_VIOLATION = 1008;
const CLOSE = 0x88;
/** Of a control frame, and its code takes two. */
const MAX_REASON_BYTES = 123;

/** @param status of the two above. @param reason ASCII; shown by no browser, but given to the page's `close` event */
export function closeFrame(status: number, reason: string): Buffer {
  const text = Buffer.from(reason).subarray(0, MAX_REASON_BYTES);
  const frame = Buffer.alloc(4 + text.length);
  frame[0] = CLOSE;
  frame[1] = 2 + text.length;
  frame.writeUInt16BE(status, 2);
  text.copy(frame, 4);
  return frame;
}

export class FrameBoundary {
  /** Payload bytes that are still to come. */
  #left = 0;
  #header: Buffer = EMPTY;

  get isComplete(): boolean {
    return this.#left === 0 && this.#header.length === 0;
  }

  add(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      const skipped = Math.min(this.#left, rest.length);
      this.#left -= skipped;
      rest = rest.subarray(skipped);
      if (rest.length > 0) rest = this.#readHeader(rest);
    }
  }

  /** @returns what follows the header */
  #readHeader(chunk: Buffer): Buffer {
    const known = this.#header.length;
    const bytes =
      known === 0 ? chunk : Buffer.concat([this.#header, chunk.subarray(0, LONGEST_HEADER - known)]);
    const length = headerLength(bytes);
    if (bytes.length < length) {
      this.#header = Buffer.from(bytes);
      return EMPTY;
    }
    this.#header = EMPTY;
    this.#left = payloadLength(bytes);
    return chunk.subarray(length - known);
  }
}

const EMPTY = Buffer.alloc(0);
const LONGEST_HEADER = 14;

function headerLength(bytes: Buffer): number {
  if (bytes.length < 2) return 2;
  const second = bytes.readUInt8(1);
  const mask = second & 0x80 ? 4 : 0;
  const short = second & 0x7f;
  return 2 + mask + (short === 127 ? 8 : short === 126 ? 2 : 0);
}

/** @param bytes a whole header, at least */
function payloadLength(bytes: Buffer): number {
  const short = bytes.readUInt8(1) & 0x7f;
  if (short === 126) return bytes.readUInt16BE(2);
  return short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
}
