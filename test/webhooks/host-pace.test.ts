/** How often one host is called, over all webhooks, tenants and workers: against a real Redis and its clock. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
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
    const sum = granted.reduce((a, b) => a + b, 0);
    // The burst, and what came to be while they were asked for.
    expect(sum).to.be.within(10, 11 + Math.ceil((Date.now() - began) / 100));
    const { granted: none, againAt } = await one!.take(places[0]!, 'tenant-0', 1);
    expect(none).to.equal(0);
    expect(againAt - Date.now()).to.be.within(1, 2_000);
    // Another host is another one.
    expect((await one!.take(`https://${aHost()}/`, 'tenant-0', 10)).granted).to.equal(10);
  });

  it('count for more before a host has agreed', async () => {
    const [pace] = workers(10);
    const url = `https://${aHost()}/`;
    expect((await pace!.take(url, 'a', 1, 10)).granted).to.equal(1);
    expect((await pace!.take(url, 'a', 1)).granted).to.equal(0);
  });

  it('go to tenants in turn while they are scarce, however often one asks', async function () {
    this.timeout(60_000);
    // So few that many asks fall to one of them, on a slow machine, too.
    const [pace] = workers(4);
    const url = `https://${aHost()}/`;
    const given = { many: 0, one: 0 };
    await pace!.take(url, 'many', 4);
    // One asks nineteen times as often: each of its webhooks.
    while (given.many + given.one < 10) {
      for (let i = 0; i < 19; i += 1) given.many += (await pace!.take(url, 'many', 1)).granted;
      given.one += (await pace!.take(url, 'one', 1)).granted;
    }
    expect(given.one).to.be.within(4, 6);
  });
});
