/** Bytes that come as messages, to be read as a stream; each piece is told of when it was read, so that the sender sends more. */
export interface UploadSource extends AsyncIterable<Uint8Array> {
  add(bytes: Uint8Array): void;
  end(): void;
  /** The sender is gone: whoever reads gets an error. */
  break(): void;
}

export class BrokenUpload extends Error {
  override readonly name = 'BrokenUpload';
}

export function createUploadSource(onRead: (bytes: number) => void): UploadSource {
  const pieces: Uint8Array[] = [];
  let state: 'open' | 'ended' | 'broken' = 'open';
  let wake: (() => void) | undefined;
  const change = () => {
    wake?.();
    wake = undefined;
  };
  return {
    add(bytes) {
      pieces.push(bytes);
      change();
    },
    end() {
      state = 'ended';
      change();
    },
    break() {
      state = 'broken';
      change();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (state === 'broken') throw new BrokenUpload('the sender is gone');
        const piece = pieces.shift();
        if (piece) {
          yield piece;
          onRead(piece.byteLength);
        } else if (state === 'ended') return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
