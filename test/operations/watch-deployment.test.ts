/** An operator on call sees the deployment live. */
import { expect } from 'chai';
import { openStream } from '../http/open-stream.ts';
import { until } from '../support/api-keys.ts';
import { apiKey, app, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const PATH = '/v1/operator/stream';

interface Shown {
  queues: { name: string }[];
  workers: { alive: number };
}

describe('the stream of operators', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const eventsIn = (text: string) =>
    [...text.matchAll(/event: deployment\ndata: (.*)\n\n/g)].map(([, data]) => JSON.parse(data!) as Shown);

  it('has budget, queues and workers, also as one answer', async () => {
    await call('GET', '/v1/users?limit=1', { as: await apiKey('acme') });
    const { status, body } = await call('GET', PATH, { as: await operator() });
    expect(status).to.equal(200);
    expect(body.buckets[0]).to.include({ name: 'all', burst: 100, per_second: 500 });
    expect(body.queues.map(({ name }: { name: string }) => name)).to.deep.equal([
      'relay',
      'user-imports',
      'import-jobs',
      'webhooks',
    ]);
    expect(body.workers.alive).to.be.above(0);
    expect(body.dead_letters).to.be.a('number');
  });

  it('tells of a worker that comes, and of one that goes', async function () {
    this.timeout(WORLD_MS);
    const { startWorker } = await world();
    const stream = await openStream(PATH, { as: await operator() });
    expect(stream.headers).to.include({ 'cache-control': 'no-store' });
    expect(stream.headers['content-type']).to.match(/^text\/event-stream\b/);
    const alive = () => eventsIn(stream.text()).map(({ workers }) => workers.alive);
    await until(() => alive().length > 0);
    const before = alive()[0]!;
    const worker = await startWorker('another-worker');
    await until(() => alive().at(-1) === before + 1);
    await worker.stop();
    await until(() => alive().at(-1) === before);
    stream.leave();
  });

  it('is for operators only', async () => {
    for (const as of [user('acme'), apiKey('acme'), app('acme')]) {
      const { status, body } = await call('GET', PATH, { as: await as });
      expect([status, body.code]).to.deep.equal([403, 'caller_not_allowed']);
    }
  });

  it('ends with the token', async () => {
    const { authority, audience, control, operator: client } = await world();
    const now = Math.floor(Date.now() / 1000);
    const token = await control.signToken(
      {},
      {
        iss: authority,
        aud: audience,
        azp: client.client_id,
        sub: `${client.client_id}@clients`,
        iat: now,
        exp: now + 3,
      },
    );
    const stream = await openStream(PATH, { as: `Bearer ${token}` });
    expect(stream.status).to.equal(200);
    expect(await stream.ended).to.equal('whole');
    expect(stream.reason()).to.include({ code: 'invalid_token' });
  });

  it('ends with its process, in good order', async function () {
    this.timeout(WORLD_MS);
    const api = await (await world()).startApi('api-that-stops');
    const stream = await openStream(PATH, { as: await operator(), at: api.url });
    await until(() => eventsIn(stream.text()).length > 0);
    await api.stop();
    expect(await stream.ended).to.equal('whole');
  });

  it('is open a bounded number of times', async function () {
    this.timeout(WORLD_MS);
    const api = await (await world()).startApi('api-of-two-streams', { STREAMS_PER_PRINCIPAL: '2' });
    const as = await operator();
    const streams = [
      await openStream(PATH, { as, at: api.url }),
      await openStream(PATH, { as, at: api.url }),
    ];
    expect(streams.map(({ status }) => status)).to.deep.equal([200, 200]);
    const third = await openStream(PATH, { as, at: api.url });
    expect(third.status).to.equal(429);
    expect(third.headers).to.have.property('retry-after');
    for (const stream of streams) stream.leave();
    await api.stop();
  });
});
