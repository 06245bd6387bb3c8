import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, CONNECTION, operatorToken, PASSWORD, startStandIn } from './account.ts';

interface Received {
  headers: IncomingHttpHeaders;
  text: string;
}

interface Sent {
  log_id: string;
  data: { type: string; log_id: string };
}

/** Auth0 docs, "Create custom log streams using webhooks" and "Log stream filters". */
describe('stand-in: log streams', () => {
  let standIn: StandIn;
  let token: string;
  let receiver: Server;
  let refusals = 0;
  let received: Received[] = [];
  let changed: () => void = () => undefined;

  before(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
    standIn.controls.change({ eventRetryMs: 1 });
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ headers: request.headers, text: Buffer.concat(chunks).toString() });
        response.writeHead(refusals > 0 ? 503 : 204).end();
        refusals = Math.max(0, refusals - 1);
        changed();
      });
    }).listen(0, 'localhost');
    await once(receiver, 'listening');
  });
  after(async () => {
    await standIn.close();
    receiver.closeAllConnections();
    receiver.close();
  });
  beforeEach(() => {
    received = [];
  });
  afterEach(() => {
    for (const id of [...standIn.store.logStreams.keys()]) standIn.store.logStreams.delete(id);
  });

  async function createStream(sink: object, more: object = {}): Promise<string> {
    const { port } = receiver.address() as AddressInfo;
    const { status, body } = await callManagement(standIn, token, 'POST', 'log-streams', {
      name: 'to us',
      type: 'http',
      sink: { httpEndpoint: `http://localhost:${port}/hooks`, ...sink },
      ...more,
    });
    expect(status).to.equal(200);
    return String(body['id']);
  }

  async function createUser(email: string): Promise<void> {
    const user = { connection: CONNECTION, email, password: PASSWORD };
    const { status } = await callManagement(standIn, token, 'POST', 'users', user);
    expect(status).to.equal(201);
  }

  /** Waits until what was received satisfies it. */
  async function until<T>(found: () => T | undefined): Promise<T> {
    for (;;) {
      const one = found();
      if (one !== undefined) return one;
      await new Promise<void>((resolve) => (changed = resolve));
    }
  }

  const lines = (): Sent[] =>
    received.flatMap(({ text }) => text.split('\n').map((line) => JSON.parse(line) as Sent));
  const ofType = (type: string) => lines().find(({ data }) => data.type === type);

  it('send events as lines of JSON, with the authorization that was set', async () => {
    await createStream({
      httpContentFormat: 'JSONLINES',
      httpContentType: 'application/x-ndjson',
      httpAuthorization: 'Bearer of-the-stream',
      httpCustomHeaders: [{ header: 'x-stream', value: 'ours' }],
    });
    await createUser('lines@example.com');
    const event = await until(() => ofType('ss'));
    expect(event.data).to.include({ type: 'ss', user_name: 'lines@example.com', log_id: event.log_id });
    expect(received[0]!.headers).to.include({
      authorization: 'Bearer of-the-stream',
      'content-type': 'application/x-ndjson',
      'x-stream': 'ours',
    });
    // The same as in the log.
    const { body } = await callManagement(standIn, token, 'GET', `logs/${event.log_id}`);
    expect(event.data).to.deep.include(body);
  });

  it('send arrays', async () => {
    await createStream({ httpContentFormat: 'JSONARRAY' });
    await createUser('array@example.com');
    const events = await until(() =>
      received
        .map(({ text }) => JSON.parse(text) as Sent[])
        .find((all) => all.some(({ data }) => data.type === 'ss')),
    );
    expect(events).to.be.an('array');
  });

  it('send an event in each request as an object', async () => {
    await createStream({ httpContentFormat: 'JSONOBJECT' });
    await createUser('object@example.com');
    await until(() => ofType('ss'));
    for (const { text } of received) expect(JSON.parse(text)).to.have.keys('log_id', 'data');
  });

  it('repeat what was not taken, in order, and lose what is never taken', async () => {
    refusals = 2;
    await createStream(
      { httpContentFormat: 'JSONOBJECT' },
      { filters: [{ type: 'category', name: 'auth.signup.success' }] },
    );
    await createUser('repeated@example.com');
    await until(() => (received.length >= 3 ? true : undefined));
    expect(new Set(lines().map(({ log_id }) => log_id)).size).to.equal(1);
    refusals = 4;
    received = [];
    await createUser('lost@example.com');
    await createUser('after@example.com');
    await until(() => (received.length >= 5 ? true : undefined));
    expect(lines().map(({ data }) => (data as { user_name?: string }).user_name)).to.deep.equal([
      ...Array<string>(4).fill('lost@example.com'),
      'after@example.com',
    ]);
  });

  it('send only the categories that their filters name, and nothing while paused', async () => {
    const id = await createStream({}, { filters: [{ type: 'category', name: 'auth.signup.success' }] });
    await callManagement(standIn, token, 'PATCH', `log-streams/${id}`, { status: 'paused' });
    await createUser('paused@example.com');
    await callManagement(standIn, token, 'PATCH', `log-streams/${id}`, { status: 'active' });
    await createUser('filtered@example.com');
    await until(() => ofType('ss'));
    expect(lines().map(({ data }) => [data.type, (data as { user_name?: string }).user_name])).to.deep.equal([
      ['ss', 'filtered@example.com'],
    ]);
  });

  it('refuse filters, formats and addresses that do not exist', async () => {
    const attempt = async (more: object) =>
      (
        await callManagement(standIn, token, 'POST', 'log-streams', {
          type: 'http',
          sink: { httpEndpoint: 'https://logs.example.com' },
          ...more,
        })
      ).status;
    expect(await attempt({ filters: [{ type: 'category', name: 'nothing' }] })).to.equal(400);
    expect(await attempt({ sink: { httpEndpoint: 'https://x.example', httpContentFormat: 'XML' } })).to.equal(
      400,
    );
    expect(await attempt({ sink: { httpEndpoint: 'nowhere' } })).to.equal(400);
    expect(await attempt({})).to.equal(200);
  });
});
