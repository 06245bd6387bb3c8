/** Parts of an incomplete record, from earlier pieces. */
export interface OpenRecord {
  bytes(): number;
  /** @throws what `tooLong` returns, when the record has become longer than allowed */
  keep(part: Buffer): void;
  /** Joins the parts with the rest; then no record is open. */
  release(rest: Buffer): Buffer;
}

export function createOpenRecord(maxBytes: number, tooLong: () => Error): OpenRecord {
  let parts: Buffer[] = [];
  let bytes = 0;
  return {
    bytes: () => bytes,
    keep(part) {
      // Copy: the piece may be a view into a larger buffer, or be reused by its sender.
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
