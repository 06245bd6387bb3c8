/** A reverse proxy that changes JSON on the way back, as a misconfigured one does. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

/** @param rewrite by path; its own address replaces that of the API */
export async function startRewritingProxy(
  api: string,
  rewrite: (path: string, body: Json) => Json,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const path = request.url ?? '/';
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const answer = await fetch(api + path, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        redirect: 'manual',
        ...(pieces.length > 0 && { body: Buffer.concat(pieces) }),
      });
      let text = await answer.text();
      if (path.startsWith('/.well-known/'))
        text = JSON.stringify(rewrite(path, JSON.parse(text.replaceAll(api, url)) as Json));
      const fields = [...answer.headers].filter(
        ([name]) => !/^(content-(length|encoding)|transfer-encoding|connection)$/.test(name),
      );
      response
        .writeHead(answer.status, Object.fromEntries(fields))
        .end(answer.status === 204 ? undefined : text);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
