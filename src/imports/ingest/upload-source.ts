/** Bytes that come as messages, to be read as a stream; what was read is told, so that the sender sends more. */
export interface UploadSource extends AsyncIterable<Uint8Array> {
  add(bytes: Uint8Array): void;
  end(): void;
  /** The sender is gone: whoever reads gets an error. */
  break(): void;
  isBroken(): boolean;
  /** Bytes that came so far. */
  received(): number;
}

export class BrokenUpload extends Error {
  override readonly name = 'BrokenUpload';
}

/** So much is read before it is told: each word wakes the other thread, which costs more than to read a piece. */
const TOLD_BYTES = 262_144;

export function createUploadSource(onRead: (bytes: number) => void): UploadSource {
  let untold = 0;
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
        if (state === 'broken') throw new BrokenUpload('the sender is gone');
        const piece = pieces.shift();
        if (piece) {
          yield piece;
          untold += piece.byteLength;
          if (untold < TOLD_BYTES) continue;
          onRead(untold);
          untold = 0;
        } else if (state === 'ended') return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
