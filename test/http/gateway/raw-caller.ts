/** A caller that sends bytes of its own, and sees how its connection ends. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawCaller {
  socket: Socket;
  /** All that arrived, one character a byte. */
  text: () => string;
  /** Resolves once what arrived matches. */
  sees: (what: RegExp | string) => Promise<string>;
  /** How the connection ended: in order, or by a reset. */
  ended: Promise<'end' | 'reset'>;
}

export async function rawCaller(port: number, first = ''): Promise<RawCaller> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  const ended = new Promise<'end' | 'reset'>((resolve) => {
    socket.once('error', () => resolve('reset')).once('close', () => resolve('end'));
  });
  const wakers = new Set<() => void>();
  const wake = () => wakers.forEach((one) => one());
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    wake();
  });
  await once(socket, 'connect');
  socket.write(first, 'latin1');
  return {
    socket,
    text: () => text,
    ended,
    sees: (what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (typeof what === 'string' ? !text.includes(what) : !what.test(text)) return;
          wakers.delete(look);
          resolve(text);
        };
        wakers.add(look);
        void ended.then((how) =>
          reject(new Error(`the connection ended (${how}) after ${JSON.stringify(text)}`)),
        );
        look();
      }),
  };
}

/** A request without a body. @param lines further fields */
export const get = (path: string, ...lines: string[]): string =>
  `${[`GET ${path} HTTP/1.1`, 'Host: api.example', ...lines].join('\r\n')}\r\n\r\n`;
