/** Turns messages with bytes into a stream, and acknowledges what was read, so that the sender continues. */
export interface UploadSource extends AsyncIterable<Uint8Array> {
  add(bytes: Uint8Array): void;
  end(): void;
  /** The sender has disconnected: reading fails from now on. */
  break(): void;
  isBroken(): boolean;
  /** Bytes received so far. */
  received(): number;
}

export class BrokenUpload extends Error {
  override readonly name = 'BrokenUpload';
}

/** Acknowledgement interval: each message wakes the other thread, which costs more than reading a piece. */
const ACKNOWLEDGED_BYTES = 262_144;

export function createUploadSource(onRead: (bytes: number) => void): UploadSource {
  let unacknowledged = 0;
  let received = 0;
  const pieces: Uint8Array[] = [];
  let state: 'open' | 'ended' | 'broken' = 'open';
  let wake: (() => void) | undefined;
  const change = () => {
    wake?.();
    wake = undefined;
  };
  return {
    add(bytes) {
      received += bytes.byteLength;
      pieces.push(bytes);
      change();
    },
    end() {
      if (state === 'open') state = 'ended';
      change();
    },
    break() {
      state = 'broken';
      change();
    },
    isBroken: () => state === 'broken',
    received: () => received,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (state === 'broken') throw new BrokenUpload('the sender has disconnected');
        const piece = pieces.shift();
        if (piece) {
          yield piece;
          unacknowledged += piece.byteLength;
          if (unacknowledged < ACKNOWLEDGED_BYTES) continue;
          onRead(unacknowledged);
          unacknowledged = 0;
        } else if (state === 'ended') return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
