/** Whoever dies between a change and the audit log: each change is told, and told once. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { toEvent } from '../../src/events/event.ts';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { openRelayQueue } from '../../src/redis/queues.ts';
import { aMoment, eventsSince } from '../support/audit.ts';
import { until } from '../support/api-keys.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Long enough for the locks and the lease of a dead worker to run out, and to be found. */
const RECOVERY_MS = 180_000;

describe('events of processes that die', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('arrive once each, though workers are killed with jobs and events in hand', async function () {
    this.timeout(WORLD_MS + RECOVERY_MS);
    const { startWorker, control } = await world();
    const as = await apiKey('acme');
    const since = await aMoment();
    await control.addFault({ path: '/api/v2/users', effect: { kind: 'latency', ms: 30 } });
    const locations: string[] = [];
    try {
      for (let round = 0; round < 3; round += 1) {
        const doomed = await startWorker(`worker-doomed-${round}`);
        const answers = await Promise.all(
          Array.from({ length: 40 }, () =>
            call('POST', '/v1/users', {
              as,
              body: { email: `killed-${randomUUID()}@acme.example` },
              headers: { prefer: 'respond-async' },
            }),
          ),
        );
        locations.push(...answers.map(({ headers }) => headers.get('location')!));
        const ended = async () => (await call('GET', locations.at(-20)!, { as })).body.status !== 'queued';
        await until(ended);
        await doomed.stop('SIGKILL');
      }
    } finally {
      await control.clearFaults();
    }
    for (const path of locations)
      await until(async () => (await call('GET', path, { as })).body.status === 'succeeded');
    const told = (await eventsSince(since)).filter(({ type }) => type === 'user.created');
    expect(told).to.have.length(locations.length);
    expect(new Set(told.map(({ target }) => target)).size).to.equal(locations.length);
  });

  it('arrive when a job ended and its worker died before its event went on', async function () {
    this.timeout(WORLD_MS + RECOVERY_MS);
    const { redis: url } = await world();
    const as = await apiKey('acme');
    const redis = connectForWaiting(url);
    await untilReady(redis);
    try {
      const { headers } = await call('POST', '/v1/users', {
        as,
        body: { email: `killed-${randomUUID()}@acme.example` },
        headers: { prefer: 'respond-async' },
      });
      const path = headers.get('location')!;
      const id = path.split('/').at(-1)!;
      await until(async () => (await call('GET', path, { as })).body.status === 'succeeded');
      // As that worker left it: the end is stored, with its event, and the job is still on the queue.
      const event = toEvent(
        { type: 'user.created', tenant_id: 'acme', principal: { kind: 'system' } },
        { outcome: 'succeeded', target: `auth0|${id}` },
      );
      await redis.hset(keys.relayJob(id), 'event', JSON.stringify(event));
      const queue = openRelayQueue(redis);
      await queue.addBulk(
        [1, 2].map((n) => ({ name: 'users.create', data: { id }, opts: { jobId: `${id}-${n}` } })),
      );
      await queue.close();
      await until(async () => (await redis.hget(keys.relayJob(id), 'event')) === null);
      const told = (await eventsSince(new Date(event.time))).filter(({ target }) => target === `auth0|${id}`);
      expect(told.map((one) => one.id)).to.deep.equal([event.id]);
    } finally {
      redis.disconnect();
    }
  });

  it('of refusals are written before a process ends', async () => {
    const { startApi } = await world();
    const since = await aMoment();
    const api = await startApi('api-told');
    const requests = Array.from({ length: 15 }, () => fetch(`${api.url}/v1/users`));
    expect(new Set((await Promise.all(requests)).map(({ status }) => status))).to.deep.equal(new Set([401]));
    await api.stop();
    const refused = (await eventsSince(since)).filter(({ operation }) => operation === 'listUsers');
    expect(refused).to.have.length(15);
  });
});
