/** One request as bytes, for what no client would send; and all the bytes that come back. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { world } from './world.ts';

export interface RawAnswer {
  status: number;
  /** The status line and the fields. */
  head: string;
  /** Value of a field; several are joined. */
  field: (name: string) => string | undefined;
  /** All that follows the head. */
  text: string;
  /** Parsed from `text`; undefined when that is no JSON. */
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
}

/**
 * @param lines request line and fields, one character a byte. `Connection: close` is added, so that the answer has an end.
 * @param at address of an API process; the first when left out
 */
export async function rawRequest(
  lines: string[],
  body: string | Uint8Array = '',
  at?: string,
): Promise<RawAnswer> {
  const head = `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`;
  return sendBytes(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body as string)]), at);
}

/** Sends exactly these, and reads until the other side hangs up. */
export async function sendBytes(bytes: Uint8Array | string, at?: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(at ?? (await world()).api);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.write(bytes);
  await once(socket, 'close');
  return parse(text);
}

function parse(all: string): RawAnswer {
  const end = all.indexOf('\r\n\r\n');
  if (end < 0) throw new Error(`no answer: ${JSON.stringify(all)}`);
  const [head, text] = [all.slice(0, end), all.slice(end + 4)];
  const field = (name: string) => {
    const values = head
      .split('\r\n')
      .slice(1)
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map((line) => line.slice(name.length + 1).trim());
    return values.length > 0 ? values.join(', ') : undefined;
  };
  return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]), head, field, text, body: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A body in one piece of a chunked transfer (RFC 9112 section 7.1); without bytes, one of none. */
export function chunked(body: string | Uint8Array): Buffer {
  const bytes = Buffer.from(body as string);
  const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
  const piece = bytes.length === 0 ? [] : [size, bytes, Buffer.from('\r\n')];
  return Buffer.concat([...piece, Buffer.from('0\r\n\r\n')]);
}
