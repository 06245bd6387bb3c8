/** What happens below the level of requests: slow ones, broken ones, and a process that is told to stop. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { until } from '../../support/api-keys.ts';
import { apiKey } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { sendBytes } from '../../support/raw-request.ts';
import { world, WORLD_MS } from '../../support/world.ts';

async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** All that comes until the other side hangs up. */
async function readAll(socket: Socket): Promise<{ head: string; body: Record<string, unknown> }> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'close');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { head, body: JSON.parse(body) as Record<string, unknown> };
}

describe('connections', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('that speak no HTTP get a problem document', async () => {
    const socket = await open((await world()).api);
    socket.write('HELLO\r\n\r\n');
    const { head, body } = await readAll(socket);
    expect(head)
      .to.match(/^HTTP\/1\.1 400 /)
      .and.include('application/problem+json');
    expect(body).to.include({ status: 400, code: 'malformed_request' });
  });

  const broken: [string, string, number, string][] = [
    ['of another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'malformed_request'],
    ['of a version that is none', 'GET /healthz HTTP/1.9x\r\nHost: x\r\n\r\n', 400, 'malformed_request'],
    ['to be passed on', 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'method_not_allowed'],
    [
      'that expect what nobody does',
      'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\n\r\n',
      417,
      'expectation_failed',
    ],
    [
      'of two lengths',
      'POST /oauth/register HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
      400,
      'malformed_request',
    ],
    [
      'of a length and chunks',
      'POST /oauth/register HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'malformed_request',
    ],
    [
      'whose chunk has no size',
      'POST /oauth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
      400,
      'malformed_request',
    ],
    [
      'with a field that has no name',
      'GET /healthz HTTP/1.1\r\nHost: x\r\n: x\r\n\r\n',
      400,
      'malformed_request',
    ],
  ];
  for (const [what, bytes, status, code] of broken)
    it(`${what} get a problem document, and its id stands in the log`, async () => {
      const { home } = await world();
      const { status: answered, body, field } = await sendBytes(bytes);
      expect(answered).to.equal(status);
      expect(field('Content-Type')).to.include('application/problem+json');
      expect(body).to.include({ status, code, request_id: field('X-Request-Id') });
      const line = () =>
        readFileSync(join(home, 'logs', 'api.log'), 'utf8').includes(body.request_id as string);
      await until(line);
    });

  it('that break behind a request that is being answered get both answers, in order', async () => {
    const as = `Authorization: ${await apiKey('acme')}`;
    const { head, text } = await sendBytes(`GET /v1/users HTTP/1.1\r\nHost: x\r\n${as}\r\n\r\nHELLO\r\n\r\n`);
    expect(head).to.match(/^HTTP\/1\.1 200 /);
    expect(text).to.match(/\}HTTP\/1\.1 400 [^]*"code":"malformed_request"[^]*\}$/);
    expect(text.match(/HTTP\/1\.1/g)).to.have.length(1);
  });

  const ends: [string, string, number][] = [
    ['a request to be passed on', 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405],
    ['an expectation', 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\n\r\n', 417],
    ['two hosts', 'GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 400],
    [
      'a chunk that has no size',
      'POST /oauth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
      400,
    ],
    [
      'a broken body that nobody reads',
      'POST /v1/users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
      401,
    ],
    ['fields too large', `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ];
  for (const [what, bytes, status] of ends)
    it(`that end with ${what} get each answer once, in the order of the requests`, async () => {
      const as = `Authorization: ${await apiKey('acme')}`;
      const first = `GET /v1/users HTTP/1.1\r\nHost: x\r\n${as}\r\n\r\n`;
      const { head, text } = await sendBytes(first + first + bytes);
      const statuses = [...`${head}${text}`.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((found) =>
        Number(found[1]),
      );
      expect(statuses).to.deep.equal([200, 200, status]);
    });

  it('that are reset take nothing down, whatever was asked on them', async () => {
    const { startApi } = await world();
    const api = await startApi('api-reset');
    for (const [, bytes] of ends)
      for (let i = 0; i < 20; i += 1) {
        const socket = await open(api.url);
        socket.on('error', () => undefined).write(bytes);
        await new Promise((resolve) => setImmediate(resolve));
        socket.resetAndDestroy();
      }
    const { status } = await fetch(`${api.url}/healthz`);
    expect(status).to.equal(200);
    await api.stop();
  });

  it('that are refused are closed, though their caller keeps its side open', async () => {
    const { hostname, port } = new URL((await world()).api);
    for (const [what, bytes] of ends) {
      const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined).resume();
      socket.write(bytes);
      await once(socket, 'end');
      // Whoever writes to a connection that is closed is told so, sooner or later.
      const writing = setInterval(() => socket.write('x'), 50);
      socket.once('close', () => clearInterval(writing));
      await closed;
      expect(socket.destroyed, what).to.equal(true);
    }
  });

  it('with headers too large get 431', async () => {
    const socket = await open((await world()).api);
    socket.write(`GET /v1/me HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`);
    const { head, body } = await readAll(socket);
    expect(head).to.match(/^HTTP\/1\.1 431 /);
    expect(body.code).to.equal('headers_too_large');
  });

  it('that send too slowly get 408', async () => {
    const { startApi } = await world();
    const impatient = await startApi('api-impatient', { REQUEST_TIMEOUT_SECONDS: '1' });
    const socket = await open(impatient.url);
    socket.write(
      'POST /oauth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    const { head, body } = await readAll(socket);
    expect(head).to.match(/^HTTP\/1\.1 408 /);
    expect(body.code).to.equal('request_timeout');
    await impatient.stop();
  });

  it('that are being answered are answered to the end when the process is told to stop', async () => {
    const { startApi, api } = await world();
    const leaving = await startApi('api-leaving', { PUBLIC_URL: api });
    const body = JSON.stringify({ email: `stop-${randomUUID()}@acme.example` });
    const socket = await open(leaving.url);
    const as = await apiKey('acme');
    // The process has this request, and waits for the end of its body: it asks for it.
    socket.write(
      `POST /v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: ${as}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    const [go] = (await once(socket, 'data')) as [Buffer];
    expect(go.toString()).to.match(/^HTTP\/1\.1 100 /);
    const stopped = leaving.stop('SIGTERM');
    socket.write(body);
    const { head, body: answer } = await readAll(socket);
    expect(head).to.match(/^HTTP\/1\.1 201 /);
    await stopped;
    const found = await call('GET', `/v1/users/${encodeURIComponent(answer['user_id'] as string)}`, { as });
    expect(found.status).to.equal(200);
    const refused = await open(leaving.url).catch((error: NodeJS.ErrnoException) => error.code);
    expect(refused).to.equal('ECONNREFUSED');
  });
});
