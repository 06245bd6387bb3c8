/** How often one host is called, over all webhooks, tenants and workers: against a real Redis and its clock. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { CLOCK_TOLERANCE_MS } from '../../src/redis/clock.ts';
import { createKeyedHash } from '../../src/secrets/keyed-hash.ts';
import { createHostPace } from '../../src/webhooks/host-pace.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('calls to a host', () => {
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = new Redis((await world()).redis);
  });
  after(() => redis?.disconnect());

  const keyedHash = createKeyedHash(Buffer.alloc(32, 1));
  const aHost = () => `${randomUUID()}.example`;
  /** Two workers. */
  const workers = (perSecond: number) => [0, 1].map(() => createHostPace(redis, keyedHash, perSecond));

  it('are as many as are allowed, whoever asks, and whatever its name is written like', async () => {
    const host = aHost();
    const [one, other] = workers(10);
    const began = Date.now();
    const places = [
      `https://${host}/a`,
      `https://${host.toUpperCase()}:8443/b`,
      `https://${host}./c`,
      `http://${host}/d`,
    ];
    const granted = await Promise.all(
      places.map(async (url, i) => (await (i % 2 ? one : other)!.take(url, `tenant-${i}`, 10)).granted),
    );
    let sum = granted.reduce((a, b) => a + b, 0);
    let asked: number;
    let last: { granted: number; againAt: number };
    do {
      asked = Date.now();
      last = await one!.take(places[0]!, 'tenant-0', 1);
      sum += last.granted;
    } while (last.granted > 0);
    // The burst, and what came to be while they were asked for.
    expect(sum).to.be.within(10, 11 + Math.ceil((Date.now() - began) / 100));
    expect(last.againAt).to.be.within(asked - CLOCK_TOLERANCE_MS, Date.now() + 2_000);
    // Another host is another one.
    expect((await one!.take(`https://${aHost()}/`, 'tenant-0', 10)).granted).to.equal(10);
  });

  it('count for more before a host has agreed', async () => {
    const [pace] = workers(10);
    const url = `https://${aHost()}/`;
    const began = Date.now();
    expect((await pace!.take(url, 'a', 1, 10)).granted).to.equal(1);
    const { granted } = await pace!.take(url, 'a', 1);
    // None, unless it took so long that one came to be.
    expect(granted).to.be.at.most(Math.floor((Date.now() - began) / 100));
  });

  it('go to tenants in turn while they are scarce, however often one asks', async () => {
    // One a second, and no more than one at once: they stay scarce, however long this machine stands still.
    const [pace] = workers(1);
    const url = `https://${aHost()}/`;
    const given = { many: 0, one: 0 };
    await pace!.take(url, 'many', 1);
    // One asks nineteen times as often: each of its webhooks.
    while (given.many + given.one < 8) {
      for (let i = 0; i < 19; i += 1) given.many += (await pace!.take(url, 'many', 1)).granted;
      given.one += (await pace!.take(url, 'one', 1)).granted;
    }
    expect(given.one).to.be.within(3, 5);
  });
});
