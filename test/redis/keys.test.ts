/** Nothing in Redis is without a bound: whatever any operation stores is a key that is defined, and within what its definition says. */
import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { loadContract } from '../../src/contract/load-contract.ts';
import {
  DAY_MS,
  defineKey,
  definitionOf,
  keysOf,
  type Entity,
  type KeyDefinition,
} from '../../src/redis/key-definition.ts';
import { keyDefinitions, keys, QUEUE_PREFIX } from '../../src/redis/keys.ts';
import { queueKeys } from '../../src/redis/keys/queues.ts';
import { WRONG_FIRST_CALL } from '../../workers/job-attempt.ts';
import { SlotWatch, watchTraffic, type Traffic } from '../support/redis-traffic.ts';
import { startReceiver, type Receiver } from '../support/webhook-receiver.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { callEveryOperation } from './every-operation.ts';

const definitions: KeyDefinition[] = [...Object.values(keyDefinitions), ...Object.values(queueKeys)];

/** Entities that can be counted here; of the others there are fewer than this in a test. */
const FEW = 10_000;
const countOf: Partial<Record<Entity, (redis: Redis) => Promise<number>>> = {
  tenant: async (redis) => (await redis.hlen(keys.tenants)) + (await redis.hlen(keys.retiredTenants)),
  client: async (redis) => (await redis.hlen(keys.clients)) + (await redis.zcard(keys.clientsToDelete)),
  'API key': (redis) => redis.hlen(keys.clients),
  app: async (redis) => (await redis.zcard(keys.apps)) + (await redis.zcard(keys.unfinishedRegistrations)),
};

const sizes: Record<KeyDefinition['type'], (redis: Redis, name: string) => Promise<number>> = {
  string: () => Promise.resolve(1),
  hash: (redis, name) => redis.hlen(name),
  set: (redis, name) => redis.scard(name),
  zset: (redis, name) => redis.zcard(name),
  list: (redis, name) => redis.llen(name),
  stream: (redis, name) => redis.xlen(name),
};

/** @returns what is wrong with it; undefined: nothing */
async function faultOf(redis: Redis, name: string, all = definitions): Promise<string | undefined> {
  const definition = definitionOf(name, all);
  if (!definition) return 'is not defined';
  const { bound, type } = definition;
  const [ttl, found, size] = [
    await redis.pttl(name),
    await redis.type(name),
    await sizes[type](redis, name).catch(() => -1),
  ];
  // It went meanwhile.
  if (ttl === -2) return undefined;
  if (found !== type) return `is a ${found}, not a ${type}`;
  const { expiresMs, after, entries, perEntity, times = 1, bytes } = bound;
  if (expiresMs !== undefined && ttl === -1 && after === undefined) return 'does not expire';
  if (expiresMs !== undefined && ttl > expiresMs) return `expires in ${ttl} ms, not within ${expiresMs}`;
  if (entries !== undefined && size > entries) return `has ${size} entries`;
  if (typeof bytes === 'number' && (await redis.strlen(name)) > bytes) return 'is too long';
  if (perEntity === undefined) return undefined;
  const count = (await countOf[perEntity]?.(redis)) ?? FEW;
  return size > count * times ? `has ${size} entries, and there are ${count} of ${perEntity}` : undefined;
}

describe('keys in Redis', () => {
  it('are named by their patterns', () => {
    const made = keysOf({
      fixed: defineKey('a:b', { type: 'set', holds: '', bound: { entries: 1 }, writtenBy: 'API' }),
      open: defineKey('a:{<one>}:<two>', { type: 'set', holds: '', bound: { entries: 1 }, writtenBy: 'API' }),
    });
    expect(made.fixed).to.equal('a:b');
    expect(made.open('x', 'y')).to.equal('a:{x}:y');
    expect(keys.usage('acme', 'hour', '1')).to.equal('trivium:{usage:acme}:hour:1');
    expect(definitionOf(`${QUEUE_PREFIX}:relay:wait`, definitions)).to.equal(queueKeys.wait);
    expect(definitionOf('trivium:{requests:acme}:tenant', definitions)).to.equal(
      keyDefinitions.requestsOfTenant,
    );
    expect(definitionOf('trivium:{registry}:something', definitions)).to.equal(undefined);
  });

  it('are recognized in several slots, whatever asks for them together', () => {
    const spanning = (...lines: (readonly [source: string, ...args: string[]])[]) => {
      const watch = new SlotWatch();
      for (const [source, ...args] of lines) watch.see(args, source);
      return watch.spanning().length;
    };
    expect(spanning(['a', 'mget', '{x}1', '{x}2'], ['a', 'get', '{y}1'])).to.equal(0);
    expect(spanning(['a', 'mget', '{x}1', '{y}1'])).to.equal(1);
    expect(spanning(['a', 'evalsha', '0', '2', '{x}1', '{y}1'])).to.equal(1);
    expect(spanning(['a', 'evalsha', '0', '1', '{x}1'], ['lua', 'set', '{y}1', '1'])).to.equal(1);
    expect(spanning(['a', 'multi'], ['b', 'get', '{y}1'], ['a', 'get', '{x}1'], ['a', 'exec'])).to.equal(0);
    expect(spanning(['a', 'multi'], ['a', 'get', '{x}1'], ['a', 'get', '{y}1'], ['a', 'exec'])).to.equal(1);
  });

  it('do not compile without a bound', () => {
    // @ts-expect-error -- nothing bounds it
    const definition: KeyDefinition = { pattern: 'a', type: 'set', holds: '', bound: {}, writtenBy: 'API' };
    // @ts-expect-error -- that something enforces it is no bound yet
    definition.bound = { by: 'somebody' };
    expect(
      definitions.flatMap(({ bound }) =>
        Object.keys(bound).filter((name) => name !== 'by' && name !== 'after'),
      ).length,
    ).to.be.at.least(definitions.length);
  });

  describe('whatever operation is called', () => {
    let redis: Redis;
    let receiver: Receiver;
    /** What other tests have ruined is not asked here. */
    let loggedBefore = 0;
    let traffic: Traffic;
    const workerLog = () => readFile(join(process.env['TRIVIUM_HOME']!, 'logs/worker.log'), 'utf8');
    before(async function () {
      this.timeout(WORLD_MS);
      redis = new Redis((await world()).redis);
      receiver = await startReceiver();
      loggedBefore = (await workerLog()).length;
      traffic = await watchTraffic(redis);
    });
    after(async () => {
      traffic?.stop();
      redis?.disconnect();
      await receiver?.close();
    });

    async function all(): Promise<string[]> {
      const found = new Set<string>();
      for await (const names of redis.scanStream({ count: 1_000 }) as AsyncIterable<string[]>)
        for (const name of names) found.add(name);
      return [...found].sort();
    }

    it('have a bound, and keep it', async function () {
      this.timeout(360_000);
      const succeeded = await callEveryOperation(receiver);
      const { operations } = loadContract();
      expect([...operations.keys()].filter((id) => !succeeded.has(id))).to.deep.equal([]);
      const names = await all();
      const faults: string[] = [];
      for (const name of names) {
        const fault = await faultOf(redis, name);
        if (fault) faults.push(`${name} ${fault}`);
      }
      expect(faults).to.deep.equal([]);
      // Which definitions that was: what is only there for a moment may be missing.
      const seen = new Set(names.map((name) => definitionOf(name, definitions)));
      expect(seen.size).to.be.at.least(60);
    });

    it('asks for keys of one slot in each command, script and transaction, so that a cluster can execute it', () => {
      expect(traffic.spanning()).to.deep.equal([]);
      expect(traffic.count()).to.be.above(10_000);
    });

    it('begins, when it is relayed, with the call that its job declares', async () => {
      const lines = (await workerLog()).slice(loggedBefore).split('\n');
      const wrong = lines.filter((line) => line.includes(WRONG_FIRST_CALL));
      expect(wrong, 'write the right firstCall in src/relay/jobs/').to.deep.equal([]);
    });

    it('would be found without one', async () => {
      const bound = { expiresMs: DAY_MS, entries: 1 };
      const test = defineKey('test:<id>', { type: 'hash', holds: '', bound, writtenBy: 'API' });
      const one = (name: string) => faultOf(redis, name, [test]);
      await redis.hset('test:a', { a: 1 });
      expect(await one('test:a')).to.equal('does not expire');
      await redis.pexpire('test:a', DAY_MS + 100_000);
      expect(await one('test:a')).to.match(/^expires in \d+ ms/);
      await redis.pexpire('test:a', DAY_MS);
      expect(await one('test:a')).to.equal(undefined);
      await redis.hset('test:a', { b: 1 });
      expect(await one('test:a')).to.equal('has 2 entries');
      expect(await one('other:a')).to.equal('is not defined');
      await redis.del('test:a');
    });
  });
});
