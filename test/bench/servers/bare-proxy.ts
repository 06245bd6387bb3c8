/**
 * Baseline: passes requests and answers on with undici, and checks nothing. It drops what belongs to one connection
 * (RFC 9110 section 7.6.1), as without that it would be wrong, and streams both ways with backpressure.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool, type Dispatcher } from 'undici';

/** As many as the gateway may have. */
const CONNECTIONS = 256;
const DROPPED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host']);
const pool = new Pool(process.env['SERVICE_URL']!, { connections: CONNECTIONS });

function passable(raw: readonly (Buffer | string)[]): string[] {
  const fields: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toString('latin1');
    if (!DROPPED.has(name.toLowerCase())) fields.push(name, raw[i + 1]!.toString('latin1'));
  }
  return fields;
}

function handler(res: ServerResponse): Dispatcher.DispatchHandler {
  let isWaiting = false;
  return {
    onConnect: () => undefined,
    onHeaders(status, raw, resume) {
      res.writeHead(status, passable(raw));
      res.on('drain', () => {
        if (!isWaiting) return;
        isWaiting = false;
        resume();
      });
      return true;
    },
    onData: (chunk) => {
      isWaiting = !res.write(chunk);
      return !isWaiting;
    },
    onComplete: () => void res.end(),
    onError: () => void res.destroy(),
  };
}

const server = createServer((req: IncomingMessage, res: ServerResponse) => {
  const body = req.method === 'GET' ? null : req;
  pool.dispatch(
    { method: req.method!, path: req.url!, headers: passable(req.rawHeaders), body },
    handler(res),
  );
});
server.listen(0, 'localhost', () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => process.exit(0));
