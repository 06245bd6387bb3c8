/** What happens while no worker takes events away: what was told waits in its process, and nothing is changed. A Redis of the test's own. */
import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { systemEvent, type EmittedEvent } from '../../src/events/event.ts';
import { createOutboxLimit } from '../../src/events/outbox-limit.ts';
import { createEventRecorder } from '../../src/events/event-recorder.ts';
import { Problem } from '../../src/problem.ts';
import { keys } from '../../src/redis/keys.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { startRedis, type StartedRedis } from '../../src/start/start-redis.ts';
import { until } from '../support/api-keys.ts';

describe('an outbox that is full', () => {
  let folder: string;
  let server: StartedRedis;
  let redis: Redis;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trivium-outbox-'));
    server = await startRedis({ folder, port: await anyFreePort() });
    redis = new Redis(server.url);
  });
  beforeEach(() => redis.flushall());
  after(async () => {
    redis?.disconnect();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const event = () => JSON.parse(systemEvent('test.happened', undefined, 'x')) as EmittedEvent;
  const fill = (key: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => redis.xadd(key, '*', 'e', '{}')));

  for (const key of [keys.registryOutbox, keys.outbox])
    it(`refuses changes with 503, and lets them through when it has room again: ${key}`, async () => {
      await fill(key, 9);
      await createOutboxLimit(redis, 10).admit();
      await fill(key, 1);
      const limit = createOutboxLimit(redis, 10);
      const admit = async () => limit.admit();
      const refused = await admit().catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(Problem);
      expect((refused as Problem).code).to.equal('overloaded');
      expect((refused as Problem).parts.headers).to.have.property('Retry-After');
      await redis.del(key);
      await until(() =>
        admit().then(
          () => true,
          () => false,
        ),
      );
    });

  it('takes nothing more, and what was told meanwhile comes when it has room, once', async () => {
    await fill(keys.outbox, 10);
    const teller = createEventRecorder(redis, () => undefined, 10);
    const told = [event(), event()];
    for (const one of told) teller.record(one);
    const other = createEventRecorder(redis, () => undefined);
    other.record(event());
    // The other one has no such bound: when its event is there, the first one has been refused, or will be.
    await until(async () => (await redis.xlen(keys.outbox)) === 11);
    await redis.del(keys.outbox);
    await until(async () => (await redis.xlen(keys.outbox)) === 2);
    await Promise.all([teller.close(), other.close()]);
    const found = (await redis.xrange(keys.outbox, '-', '+')).map(
      ([, [, text]]) => (JSON.parse(text!) as EmittedEvent).id,
    );
    expect(found).to.have.members(told.map(({ id }) => id));
  });
});
