import { expect } from 'chai';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, Server, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { listen } from '../../src/http/listen.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('the API on localhost', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('listens on IPv4 and IPv6 at the same port', async () => {
    const { port } = new URL((await world()).api);
    for (const host of ['127.0.0.1', '[::1]'])
      expect((await fetch(`http://${host}:${port}/healthz`)).status, host).to.equal(200);
  });
});

describe('listening on localhost', () => {
  it('closes both sockets: idle connections end, new ones are refused', async () => {
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

  it('accepts no request before its handler is attached', async () => {
    const server = createServer();
    const listenNow = Reflect.get(Server.prototype, 'listen') as (this: Server, ...given: never[]) => Server;
    const answers: Promise<string>[] = [];
    let first: Server | undefined;
    // A client connects to the first address before the second one listens.
    Server.prototype.listen = function (this: Server, ...given: never[]) {
      if (!first) {
        first = listenNow.apply(this, given);
        return first;
      }
      const { address, port } = first.address() as AddressInfo;
      const socket = connect(port, address);
      socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\nme');
      answers.push(text(socket));
      void Promise.race([once(server, 'request'), once(first, 'connection').then(() => delay(50))]).then(() =>
        listenNow.apply(this, given),
      );
      return this;
    };
    try {
      const listening = await listen(server, 'localhost', 0);
      server.on('request', (request, response) => void request.pipe(response));
      expect(answers).to.have.length(1);
      expect(await answers[0]).to.match(/\r\n2\r\nme\r\n/);
      await listening.close();
    } finally {
      Server.prototype.listen = listenNow as Server['listen'];
    }
  });

  it('refuses a port that is already in use on either address family', async () => {
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
