/** Parts of the record that is open, from earlier pieces. */
export interface OpenRecord {
  bytes(): number;
  /** @throws what `tooLong` gives, when it has become longer than it may be */
  keep(part: Buffer): void;
  /** The parts with what comes behind them; then nothing is open any more. */
  release(rest: Buffer): Buffer;
}

export function createOpenRecord(maxBytes: number, tooLong: () => Error): OpenRecord {
  let parts: Buffer[] = [];
  let bytes = 0;
  return {
    bytes: () => bytes,
    keep(part) {
      // A copy: the piece may be a view into much more, or be used again by whoever sent it.
      parts.push(Buffer.from(part));
      bytes += part.length;
      if (bytes > maxBytes) throw tooLong();
    },
    release(rest) {
      const whole = Buffer.concat([...parts, rest]);
      parts = [];
      bytes = 0;
      return whole;
    },
  };
}
