import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { followAnswers } from '../../src/http/answers-under-way.ts';

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n';

describe('answers under way', () => {
  const server = createServer();
  const answersOf = followAnswers(server);
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  /** @returns the requests that were sent, as they arrived */
  async function send(text: string, count: number) {
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const arrived: { req: IncomingMessage; res: ServerResponse }[] = [];
    const all = new Promise<void>((resolve) => {
      server.on('request', function keep(req: IncomingMessage, res: ServerResponse) {
        arrived.push({ req, res });
        if (arrived.length < count) return;
        server.off('request', keep);
        resolve();
      });
    });
    client.resume().write(text);
    await all;
    return { client, arrived };
  }

  async function end(res: ServerResponse): Promise<void> {
    const closed = once(res, 'close');
    res.end();
    await closed;
  }

  it('are kept until they were sent', async () => {
    const { client, arrived } = await send(GET, 1);
    const [{ req, res }] = arrived as [(typeof arrived)[0]];
    const { socket } = req;
    expect(answersOf(socket)).to.deep.equal({ latest: res, previous: undefined });
    await end(res);
    expect(answersOf(socket)).to.deep.equal({ latest: undefined, previous: undefined });
    client.destroy();
  });

  it('are two where requests are pipelined', async () => {
    const { client, arrived } = await send(GET + GET, 2);
    const [first, second] = arrived as [(typeof arrived)[0], (typeof arrived)[0]];
    const { socket } = first.req;
    expect(answersOf(socket)).to.deep.equal({ latest: second.res, previous: first.res });
    await end(first.res);
    expect(answersOf(socket)).to.deep.equal({ latest: second.res, previous: undefined });
    await end(second.res);
    expect(answersOf(socket)).to.deep.equal({ latest: undefined, previous: undefined });
    client.destroy();
  });

  it('are kept while their request is still arriving: what follows belongs to it', async () => {
    const { client, arrived } = await send(POST, 1);
    const [{ req, res }] = arrived as [(typeof arrived)[0]];
    await end(res);
    expect(answersOf(req.socket).latest).to.equal(res);
    client.destroy();
  });
});
