/** What `aService` needs to accept WebSockets (RFC 6455): it says what it was sent, and sends nothing else. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** RFC 6455 section 1.3. */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface Handshake {
  /** Names and values by turns. */
  rawHeaders: string[];
  /** Resolves when the connection has ended. */
  closed: Promise<void>;
}

/** @param select of the subprotocols that are offered; undefined: none */
export function acceptWebSockets(
  server: Server,
  select: (offered: string[]) => string | undefined = () => undefined,
): Handshake[] {
  const handshakes: Handshake[] = [];
  server.removeAllListeners('upgrade').on('upgrade', (req: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => undefined).resume();
    const closed = new Promise<void>((resolve) => void socket.once('close', resolve));
    handshakes.push({ rawHeaders: req.rawHeaders, closed });
    const { 'sec-websocket-key': key = '', 'sec-websocket-protocol': offered } = req.headers;
    const selected = select((offered ?? '').split(/, */).filter(Boolean));
    const lines = [
      'HTTP/1.1 101 Switching Protocols',
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Accept: ${createHash('sha1')
        .update(key + MAGIC)
        .digest('base64')}`,
      ...(selected === undefined ? [] : [`Sec-WebSocket-Protocol: ${selected}`]),
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.write(textFrame(offered ?? 'none'));
    socket.once('end', () => socket.end());
  });
  return handshakes;
}

/** Section 5.2, of at most 125 bytes. */
const textFrame = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]);
