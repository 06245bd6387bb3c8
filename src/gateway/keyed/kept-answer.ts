/** The answer of a service to a request with an idempotency key, as it is kept: head as JSON, then the body. */
import { parseJson } from '../../json.ts';

export interface KeptAnswer {
  status: number;
  /** As the service sent them: alternately a name and its value. */
  fields: string[];
  body: Buffer;
}

/** Longest body that is kept. */
export const KEPT_BODY_BYTES = 65_536;
const LENGTH_BYTES = 4;

export function encodeAnswer({ status, fields, body }: KeptAnswer): Buffer {
  const head = Buffer.from(JSON.stringify([status, fields]));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

export function decodeAnswer(bytes: Buffer): KeptAnswer {
  const bodyAt = LENGTH_BYTES + bytes.readUInt32BE();
  const [status, fields] = parseJson<[number, string[]]>(bytes.toString('utf8', LENGTH_BYTES, bodyAt));
  return { status, fields, body: bytes.subarray(bodyAt) };
}
