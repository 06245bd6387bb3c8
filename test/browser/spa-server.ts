/** The single-page app of a tenant, as little of one as there can be: its pages hold Auth0's SDK and nothing else. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const SDK = readFileSync(
  new URL(
    'dist/auth0-spa-js.production.js',
    new URL('../../node_modules/@auth0/auth0-spa-js/', import.meta.url),
  ),
);
const PAGE = `<!doctype html><html lang="en"><title>App</title><script src="/auth0-spa-js.js"></script></html>`;

export interface SpaServer {
  origin: string;
  close(): Promise<void>;
}

export async function serveSpa(port = 0): Promise<SpaServer> {
  const server = createServer((request, response) => {
    const isSdk = request.url === '/auth0-spa-js.js';
    response.setHeader('content-type', isSdk ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isSdk ? SDK : PAGE);
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://localhost:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
