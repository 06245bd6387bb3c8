import { expect } from 'chai';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { listen } from '../../src/http/listen.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('the API on localhost', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('is reached by either family of addresses, at one port', async () => {
    const { port } = new URL((await world()).api);
    for (const host of ['127.0.0.1', '[::1]'])
      expect((await fetch(`http://${host}:${port}/healthz`)).status, host).to.equal(200);
  });

  it('closes both: what is idle ends, and nobody comes in any more', async () => {
    const server = createServer((_request, response) => void response.end('hello'));
    const listening = await listen(server, 'localhost', 0);
    const agentless = await Promise.all(
      ['127.0.0.1', '::1'].map(async (host) => {
        const socket = connect(listening.port, host);
        await once(socket, 'connect');
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
        await once(socket, 'data');
        return socket;
      }),
    );
    const ended = agentless.map((socket) => once(socket.resume(), 'close'));
    const closed = listening.close();
    server.closeIdleConnections();
    await Promise.all([closed, ...ended]);
    for (const host of ['127.0.0.1', '::1']) {
      const [error] = (await once(connect(listening.port, host), 'error')) as [NodeJS.ErrnoException];
      expect(error.code, host).to.equal('ECONNREFUSED');
    }
  });

  it('refuses a port that somebody has, on whichever family', async () => {
    for (const host of ['127.0.0.1', '::1']) {
      const other = createServer();
      await once(other.listen(0, host), 'listening');
      const { port } = other.address() as { port: number };
      const failed = await listen(createServer(), 'localhost', port).catch((error: unknown) => error);
      expect(failed, host).to.have.property('code', 'EADDRINUSE');
      other.close();
    }
  });
});
