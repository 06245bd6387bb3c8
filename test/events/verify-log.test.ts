/** Whoever can write to Redis can neither edit, drop nor reorder what was told, unseen. */
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Redis } from 'ioredis';
import { readLog, record, trimLog, type OutboxEntry } from '../../src/events/audit-log.ts';
import { createChainKeys } from '../../src/events/chain.ts';
import { toEvent } from '../../src/events/event.ts';
import { verifyLog } from '../../src/events/verify-log.ts';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { world, WORLD_MS } from '../support/world.ts';

const key = randomBytes(32);
const chain = createChainKeys({ current: 'k1', byId: new Map([['k1', key]]) });
const run = promisify(execFile);

describe('an audit log', () => {
  let redis: Redis;
  let tenant: string;

  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
    await untilReady(redis);
  });
  beforeEach(async () => {
    tenant = `t${randomUUID()}`;
    await record(redis, chain, tenant, entries(1, 10));
  });
  afterEach(async () => {
    await redis.del(keys.auditLog(tenant), keys.auditHead(tenant));
    await redis.srem(keys.audited, tenant);
  });
  after(() => redis.disconnect());

  function entries(first: number, count: number): OutboxEntry[] {
    return Array.from({ length: count }, (_, index) => ({
      source: 'events',
      id: `${first + index}-0`,
      event: toEvent(
        { type: 'thing.done', tenant_id: tenant, principal: { kind: 'system' }, target: `${first + index}` },
        { outcome: 'succeeded' },
      ),
    }));
  }

  const readAll = () => readLog(redis, tenant, { from: '-', to: '+', count: 100 });
  /** Puts these in the place of what is there, each under its id. */
  async function replace(content: { id: string; text: string; hash: string }[]): Promise<void> {
    await redis.del(keys.auditLog(tenant));
    for (const { id, text, hash } of content)
      await redis.xadd(keys.auditLog(tenant), id, 'e', text, 'h', hash);
  }
  const faults = async () =>
    (await verifyLog(redis, chain, tenant)).faults.map(({ kind, seq }) => `${kind} ${seq}`);

  it('is intact as it was written', async () => {
    expect(await verifyLog(redis, chain, tenant)).to.deep.include({ events: 10, faults: [] });
  });

  it('has each event once, however often it is recorded, and by however many at once', async () => {
    await Promise.all([1, 2, 3].map(() => record(redis, chain, tenant, entries(1, 20))));
    const targets = (await readAll()).map(({ text }) => (JSON.parse(text) as { target: string }).target);
    expect(targets).to.deep.equal(Array.from({ length: 20 }, (_, index) => `${index + 1}`));
    expect(await faults()).to.deep.equal([]);
  });

  it('shows which event was edited', async () => {
    const content = await readAll();
    content[4]!.text = content[4]!.text.replace('"5"', '"6"');
    await replace(content);
    expect(await faults()).to.deep.equal(['edited 5']);
  });

  it('shows which one was edited and linked anew by somebody without the key', async () => {
    const forger = createChainKeys({ current: 'k1', byId: new Map([['k1', randomBytes(32)]]) });
    const content = await readAll();
    content[4]!.text = content[4]!.text.replace('"5"', '"6"');
    for (let i = 4; i < 10; i += 1) content[i]!.hash = forger.link(content[i - 1]!.hash, content[i]!.text);
    await replace(content);
    expect(await faults()).to.include('edited 5');
  });

  for (const [where, index] of [
    ['the first', 0],
    ['one in between', 4],
    ['the last', 9],
  ] as const) {
    it(`shows that ${where} was dropped`, async () => {
      const content = await readAll();
      content.splice(index, 1);
      await replace(content);
      expect(await faults()).to.deep.equal([`dropped ${index + 1}`]);
    });
  }

  it('shows that the last ones were dropped and its end was written anew', async () => {
    const content = await readAll();
    await replace(content.slice(0, 7));
    await redis.hset(keys.auditHead(tenant), { seq: '7', hash: content[6]!.hash });
    expect(await faults()).to.deep.equal(['forged_end 7']);
  });

  it('shows that two were put in each other’s place', async () => {
    const content = await readAll();
    const [a, b] = [content[3]!, content[6]!];
    [a.text, b.text, a.hash, b.hash] = [b.text, a.text, b.hash, a.hash];
    await replace(content);
    expect(await faults()).to.include('reordered 4');
  });

  it('shows that an event is that of another tenant', async () => {
    const other = tenant;
    const content = await readAll();
    const head = await redis.hgetall(keys.auditHead(other));
    tenant = `t${randomUUID()}`;
    await replace(content);
    await redis.hset(keys.auditHead(tenant), head);
    expect(await faults())
      .to.include('forged_end 10')
      .and.include('reordered 1');
    await redis.del(keys.auditLog(other), keys.auditHead(other));
    await redis.srem(keys.audited, other);
  });

  it('is intact when the oldest went because their time was over, and shows when more did', async () => {
    await redis.del(keys.auditLog(tenant), keys.auditHead(tenant));
    await record(redis, chain, tenant, entries(1, 6));
    const [, , , , , sixth] = await readAll();
    while (Date.now() <= Number(sixth!.id.split('-')[0]))
      await new Promise((resolve) => setImmediate(resolve));
    const cut = Date.now();
    await record(redis, chain, tenant, entries(7, 4));
    expect(await trimLog(redis, chain, tenant, cut)).to.equal(6);
    expect(await verifyLog(redis, chain, tenant)).to.deep.include({ events: 4, faults: [] });
    const content = await readAll();
    await replace(content.slice(1));
    expect(await faults()).to.deep.equal(['dropped 7']);
    await redis.hset(keys.auditHead(tenant), { anchor_seq: '7', anchor_hash: content[0]!.hash });
    expect(await faults()).to.deep.equal(['forged_end 7']);
  });

  it('goes on when the key is rotated, and says so when the old one is gone', async () => {
    const newKey = randomBytes(32);
    const both = new Map([
      ['k2', newKey],
      ['k1', key],
    ]);
    const rotated = createChainKeys({ current: 'k2', byId: both });
    const newOnly = createChainKeys({ current: 'k2', byId: new Map([['k2', newKey]]) });
    const kindsWithout = async () =>
      new Set((await verifyLog(redis, newOnly, tenant)).faults.map(({ kind }) => kind));
    // Nobody forged its ends: what they are sealed with is not there to tell.
    expect(await kindsWithout()).to.deep.equal(new Set(['unreadable']));
    await record(redis, rotated, tenant, entries(11, 2));
    expect((await verifyLog(redis, rotated, tenant)).faults).to.deep.equal([]);
    expect(await kindsWithout()).to.deep.equal(new Set(['unreadable']));
  });

  describe('and npm run verify-audit', () => {
    let folder: string;
    before(async () => (folder = await mkdtemp(join(tmpdir(), 'trivium-heads-'))));
    after(() => rm(folder, { recursive: true, force: true }));

    const verify = async (...args: string[]) => {
      const command = ['--import', 'tsx', 'src/start/verify-audit.ts', tenant, ...args];
      const env = {
        ...process.env,
        REDIS_URL: (await world()).redis,
        ENCRYPTION_KEYS: `k1:${key.toString('base64')}`,
      };
      return run(process.execPath, command, { env }).then(
        ({ stdout }) => ({ exit: 0, stdout }),
        ({ code, stdout }: { code: number; stdout: string }) => ({ exit: code, stdout }),
      );
    };

    it('says what is wrong, and fails', async () => {
      expect(await verify()).to.deep.equal({
        exit: 0,
        stdout: `${tenant}: 10 events, the last is number 10: intact\n`,
      });
      const content = await readAll();
      content[4]!.text = content[4]!.text.replace('"5"', '"6"');
      await replace(content);
      const { exit, stdout } = await verify();
      expect(exit).to.equal(1);
      expect(stdout).to.include('NOT INTACT').and.include('  edited: number 5:');
    });

    it('sees that all of it was put back to an earlier state, by what it kept elsewhere', async () => {
      const heads = join(folder, 'heads.json');
      const [log, head] = [keys.auditLog(tenant), keys.auditHead(tenant)];
      const earlier = [await redis.dumpBuffer(log), await redis.dumpBuffer(head)] as [Buffer, Buffer];
      await record(redis, chain, tenant, entries(11, 1));
      expect((await verify('--heads', heads)).exit).to.equal(0);
      await redis.restore(log, 0, earlier[0], 'REPLACE');
      await redis.restore(head, 0, earlier[1], 'REPLACE');
      expect((await verify()).exit).to.equal(0);
      const { exit, stdout } = await verify('--heads', heads);
      expect(exit).to.equal(1);
      expect(stdout).to.include('  dropped: number 11:');
    });
  });
});
