/** Calls to the authority as the SDK makes them, over real HTTP. */
import { expect } from 'chai';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { httpCall } from '../../src/auth0/http-call.ts';

describe('a call to the authority', () => {
  let server: Server;
  let url: URL;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  before(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2/users?page=1`);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends method, fields and body, and gives status, fields and body', async () => {
    let seen: unknown;
    answer = (request, response) =>
      void text(request).then((body) => {
        seen = [request.method, request.url, request.headers['authorization'], body];
        response.writeHead(409, { 'content-type': 'application/json', 'x-ratelimit-remaining': '7' });
        response.end('{"message":"é"}');
      });
    const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
    const response = await httpCall(url, { method: 'POST', headers, body: '{"email":"é"}' }, 60_000);
    expect(seen).to.deep.equal(['POST', '/api/v2/users?page=1', 'Bearer x', '{"email":"é"}']);
    expect([response.status, response.ok, response.url]).to.deep.equal([409, false, url.href]);
    expect(response.headers.get('X-RateLimit-Remaining')).to.equal('7');
    expect(await response.clone().text()).to.equal('{"message":"é"}');
    expect(await response.json()).to.deep.equal({ message: 'é' });
  });

  it('unpacks an answer that is gzip', async () => {
    answer = (request, response) => {
      expect(request.headers['accept-encoding']).to.equal('gzip');
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('[1,2]'));
    };
    expect(await (await httpCall(url, {}, 60_000)).json()).to.deep.equal([1, 2]);
  });

  it('sends a form, as import jobs want it', async () => {
    let seen = '';
    answer = (request, response) =>
      void text(request).then((body) => {
        seen = `${request.headers['content-type']}\n${body}`;
        response.writeHead(202).end('{}');
      });
    const form = new FormData();
    form.set('users', new Blob(['[]'], { type: 'application/json' }), 'users.json');
    expect((await httpCall(url, { method: 'POST', body: form }, 60_000)).status).to.equal(202);
    expect(seen)
      .to.match(/^multipart\/form-data/)
      .and.to.include('filename="users.json"');
  });

  for (const [what, begin] of [
    ['no answer', () => undefined],
    ['an answer that stops in its middle', (response: ServerResponse) => void response.write('{"user_id":')],
  ] as const)
    it(`gives up in time when there is ${what}`, async () => {
      answer = (_, response) => {
        begin(response);
      };
      const fault: unknown = await httpCall(url, {}, 100).catch((error: unknown) => error);
      expect((fault as Error).name).to.equal('TimeoutError');
    });
});
