/** Whose turn is next, as the scripts say it: no worker, no clock, a Redis of its own. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { parsePlan, type EndpointGroup, type Plan } from '../../../src/plans.ts';
import { connectForWaiting, untilReady } from '../../../src/redis/connections.ts';
import { keys } from '../../../src/redis/keys.ts';
import { Budget } from '../../../src/relay/budget.ts';
import {
  createFairQueue,
  type FairQueue,
  type Ticket,
  type Turn,
  type TurnRequest,
} from '../../../src/relay/fair-queue/fair-queue.ts';
import { JobStore } from '../../../src/relay/job-store.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import { anyFreePort } from '../../../src/start/ports.ts';
import { startRedis, type StartedRedis } from '../../../src/start/start-redis.ts';
import { submitJobs, type Operation } from '../../support/submit-jobs.ts';

/** More slots than any test asks for: who gets them is the question, not when. */
const PLAN = parsePlan('10000,10000')!;
const limits = { perFlow: 2_000, perCaller: 1_000, bytesPerFlow: 2 ** 24 };

describe('fair queue', () => {
  let server: StartedRedis;
  let folder: string;
  let redis: Redis;
  let records: JobStore;
  let fairQueue: FairQueue;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trivium-fair-'));
    server = await startRedis({ folder, port: await anyFreePort() });
    redis = connectForWaiting(server.url);
    await untilReady(redis);
    const seal = createSeal({ current: 'k', byId: new Map([['k', Buffer.alloc(32, 7)]]) });
    records = new JobStore(redis, seal, limits);
    fairQueue = createFairQueue(redis);
  });
  beforeEach(() => redis.flushall());
  after(async () => {
    redis.disconnect();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const ticket = (id: string = randomUUID(), stalls = 0): Ticket => ({
    id,
    jobId: 'none',
    stalls,
    isFresh: stalls === 0,
  });
  const take = (request: Partial<TurnRequest> = {}, group: EndpointGroup = 'users_read'): Promise<Turn> =>
    fairQueue.take(
      {
        bucket: 'all',
        groups: ['users_read', 'users_write', 'other'],
        ticket: ticket(),
        calls: [],
        full: [],
        reserved: undefined,
        ...request,
      },
      new Budget(redis, PLAN, 'test').along(group),
    );
  const idOf = (turn: Turn): string | undefined => (turn.kind === 'job' ? turn.id : undefined);

  const submit = (tenant: string, caller: string, count?: number, operationId?: Operation) =>
    submitJobs(records, { tenant, caller, count, operationId });
  /** Callers in the order of their turns, as `<tenant>.<caller>`. */
  async function turns(count: number, request: Partial<TurnRequest> = {}): Promise<string[]> {
    const order: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const turn = await take(request);
      order.push(idOf(turn)?.split('.').slice(0, 2).join('.') ?? turn.kind);
    }
    return order;
  }

  for (const [what, operationId] of [
    ['read', 'getUser'],
    ['change that begins with a read', 'updateUser'],
    ['change that begins with a write', 'createUser'],
    ['change of another kind', 'deleteApiKey'],
  ] as const)
    it(`gives the next slot to a tenant that comes while another one has 600 waiting: a ${what}`, async () => {
      await submit('acme', 'key', 600);
      await turns(10);
      await submit('globex', 'key', 1, operationId);
      expect(await turns(2)).to.include('globex.key');
      expect(await turns(3)).to.deep.equal(['acme.key', 'acme.key', 'acme.key']);
    });

  it('says how long a job is still to wait whose ticket came back by a clock that is wrong', async () => {
    const [job] = await submit('acme', 'key');
    const taken = ticket();
    expect(idOf(await take({ ticket: taken }))).to.equal(job!.id);
    expect(await fairQueue.earlyMs(taken)).to.equal(0);
    await fairQueue.retry(job!.id, taken, 60_000);
    expect(await fairQueue.earlyMs(taken)).to.be.within(1, 60_100);
    expect(await fairQueue.earlyMs(ticket())).to.equal(0);
    await redis.zadd(keys.fairRetries, 'XX', 1, job!.id);
    expect(await fairQueue.earlyMs(taken)).to.equal(0);
    expect(idOf(await take({ ticket: taken }))).to.equal(job!.id);
  });

  it('gives the next slot of a tenant to a caller that comes while another one has 600 waiting', async () => {
    await submit('acme', 'busy', 600, 'createUser');
    await turns(10);
    await submit('acme', 'other', 1, 'getUser');
    expect(await turns(2)).to.include('acme.other');
  });

  it('counts a tenant once, however many callers it has', async () => {
    for (let i = 0; i < 20; i += 1) await submit('acme', `key-${i}`, 30);
    await submit('globex', 'key', 10);
    const order = await turns(20);
    expect(order.filter((one) => one === 'globex.key')).to.have.length(10);
    // And those of acme each once before any has a second turn.
    const ofAcme = order.filter((one) => one.startsWith('acme'));
    expect(new Set(ofAcme).size).to.equal(ofAcme.length);
  });

  it('gives nobody more for asking one after the other, just as the last one has its turn', async () => {
    await submit('acme', 'key', 100);
    await turns(1);
    const order: string[] = [];
    for (let i = 0; i < 20; i += 1) {
      if (i === 0 || order.at(-1) === 'globex.key') await submit('globex', 'key', 1, 'getUser');
      order.push(...(await turns(1)));
    }
    expect(order.filter((one) => one === 'globex.key').length).to.be.within(9, 11);
  });

  it('serves each caller in the order of its calls, over all kinds of them', async () => {
    const ids: string[] = [];
    for (const kind of ['updateUser', 'createUser', 'getUser', 'deleteApiKey', 'updateUser'] as const)
      ids.push((await submit('acme', 'key', 1, kind))[0]!.id);
    const taken: (string | undefined)[] = [];
    for (let i = 0; i < 5; i += 1) taken.push(idOf(await take()));
    expect(taken).to.deep.equal(ids);
    expect((await take()).kind).to.equal('none');
  });

  it('pays further calls of jobs under way from the same turns', async () => {
    await submit('acme', 'key', 50);
    await submit('globex', 'key', 50);
    const calls = [{ name: 'tenant/acme', caller: 'key', group: 'users_read' as const }];
    const order: string[] = [];
    for (let i = 0; i < 20; i += 1) {
      const turn = await take({ calls });
      order.push(turn.kind === 'call' ? 'call' : idOf(turn)!.split('.')[0]!);
    }
    // What was begun goes before what was not, but only at its own cost.
    expect(order.filter((one) => one === 'globex')).to.have.length(10);
    expect(order.filter((one) => one === 'call')).to.have.length(10);
  });

  it('gives no slot to a bucket whose groups have nothing waiting, and says which have', async () => {
    await submit('acme', 'key', 1, 'createUser');
    const turn = await take({ bucket: 'users_read', groups: ['users_read'] });
    expect([turn.kind, turn.backlogged]).to.deep.equal(['none', ['users_write']]);
    expect(await redis.exists(keys.budget('test', 'all'))).to.equal(0);
  });

  it('takes no job of a tenant that has its share of places, and does not make up for it later', async () => {
    await submit('acme', 'key', 50);
    await submit('globex', 'key', 50);
    await turns(4);
    expect(new Set(await turns(20, { full: ['tenant/acme'] }))).to.deep.equal(new Set(['globex.key']));
    const after = await turns(10);
    expect(after.filter((one) => one === 'acme.key').length).to.be.within(4, 6);
  });

  describe('with a ticket that comes back', () => {
    it('gives the job of a worker that died its place again, and counts the death', async () => {
      const [first, second] = await submit('acme', 'key', 2);
      const [one, other] = [ticket(), ticket()];
      expect(idOf(await take({ ticket: one }))).to.equal(first!.id);
      const again = await take({ ticket: { ...one, stalls: 1 } });
      expect(idOf(again)).to.equal(first!.id);
      const { record } = records.open(first!.id, (again as Turn & { kind: 'job' }).fields);
      expect([record.crashes, record.failures]).to.deep.equal([1, 0]);
      expect(idOf(await take({ ticket: other }))).to.equal(second!.id);
    });

    it('takes nothing that somebody else holds by now', async () => {
      const [job] = await submit('acme', 'key', 1);
      const [one, other] = [ticket(), ticket()];
      await take({ ticket: one });
      await fairQueue.retry(job!.id, one, 0);
      expect(idOf(await take({ ticket: other }))).to.equal(job!.id);
      expect((await take({ ticket: { ...one, stalls: 1 } })).kind).to.equal('none');
      // And the first one, which woke up late, puts nothing back.
      await fairQueue.retry(job!.id, one, 0);
      expect((await take()).kind).to.equal('none');
    });

    it('keeps what it took since, when the worker that was taken for dead ends its job late', async () => {
      const [job] = await submit('acme', 'key', 1);
      const one = ticket();
      await take({ ticket: one });
      expect(idOf(await take({ ticket: { ...one, stalls: 1 } }))).to.equal(job!.id);
      await fairQueue.endTurn(job!.id, one);
      // The other one dies, too.
      expect(idOf(await take({ ticket: { ...one, stalls: 2 } }))).to.equal(job!.id);
    });

    it('loses no job when the answer to it was lost and it asks once more', async () => {
      const jobs = await submit('acme', 'key', 3);
      const one = ticket();
      await take({ ticket: one });
      const taken = [idOf(await take({ ticket: one }))];
      for (let i = 0; i < 2; i += 1) taken.push(idOf(await take()));
      expect(new Set(taken)).to.deep.equal(new Set(jobs.map(({ id }) => id)));
    });

    it('brings a job that is tried again, whatever other clocks say, and not before', async () => {
      const [job] = await submit('acme', 'key', 1);
      const one = ticket();
      await take({ ticket: one });
      await fairQueue.retry(job!.id, one, 60_000);
      expect((await take()).kind).to.equal('none');
      const again = await take({ ticket: one });
      expect(idOf(again)).to.equal(job!.id);
      expect(records.open(job!.id, (again as Turn & { kind: 'job' }).fields).record.failures).to.equal(1);
    });

    it('does nothing for a job that has ended', async () => {
      const [job] = await submit('acme', 'key', 1);
      const one = ticket();
      await take({ ticket: one });
      await records.end(job!, { outcome: {} }, 1_000);
      expect((await take({ ticket: { ...one, stalls: 1 } })).kind).to.equal('none');
    });
  });

  it('passes over what was cancelled or has expired', async () => {
    const [cancelled, expired] = await submit('acme', 'key', 2, 'getUser');
    const [left] = await submit('acme', 'key', 1);
    await records.cancel(cancelled!);
    await redis.del(keys.relayJob(expired!.id));
    expect(idOf(await take())).to.equal(left!.id);
    expect((await take()).kind).to.equal('none');
  });

  it('lets a look-up that two callers share have the turn of whoever is first', async () => {
    await submit('acme', 'busy', 100);
    const flight = keys.relayFlight('same');
    const look = (caller: string) =>
      records.create({
        id: `acme.${caller}.look`,
        operationId: 'getUser',
        tenantId: 'acme',
        requestId: 'r',
        input: {},
        fingerprint: undefined,
        flight,
        ticket: randomUUID(),
        event: undefined,
        by: undefined,
        maker: undefined,
        makerUser: undefined,
        subject: undefined,
        flow: { name: 'tenant/acme', caller },
      });
    await look('busy');
    expect(await look('other')).to.deep.equal({ sameAs: 'acme.busy.look' });
    const taken = [idOf(await take()), idOf(await take())];
    expect(taken).to.include('acme.busy.look');
    // Once.
    expect(await turns(99)).to.deep.equal(Array.from({ length: 99 }, () => 'acme.busy'));
    expect((await take()).kind).to.equal('none');
  });

  it('leaves nothing behind but its clocks, which expire', async () => {
    await submit('acme', 'key', 3);
    await submit('globex', 'key', 3, 'getUser');
    for (let i = 0; i < 6; i += 1) {
      const one = ticket();
      const turn = (await take({ ticket: one })) as Turn & { kind: 'job' };
      await records.end(records.open(turn.id, turn.fields).record, { outcome: {} }, 1_000);
      await fairQueue.endTurn(turn.id, one);
    }
    const left = (await redis.keys('*fair*'))
      .map((key) => key.replace(`${keys.relayPrefix}fair:`, ''))
      .sort();
    expect(left).to.deep.equal([
      'last-turn',
      'sequence',
      'tags:all',
      'tags:all:tenant/acme',
      'tags:all:tenant/globex',
    ]);
    for (const key of left.filter((one) => one.startsWith('tags')))
      expect(await redis.pttl(`${keys.relayPrefix}fair:${key}`)).to.be.above(0);
    expect(await redis.zcard(`${keys.relayPrefix}fair:tags:all`)).to.be.at.most(3);
  });

  describe('with the bucket of a group beside that of all', () => {
    /** `createUser` begins with a call of the group: three at once, and none for a minute. */
    const plan: Plan = {
      all: { burst: 10_000, perSecond: 10_000, stepMs: 1 },
      groups: { users_write: { burst: 4, perSecond: 1 / 60, stepMs: 1 } },
    };
    const budget = () => new Budget(redis, plan, 'test');
    const taken = async (count: number, request: Partial<TurnRequest> = {}) => {
      const order: string[] = [];
      for (let i = 0; i < count; i += 1) {
        const turn = await fairQueue.take(
          {
            bucket: 'all',
            groups: ['users_read', 'users_write', 'other'],
            ticket: ticket(),
            calls: [],
            full: [],
            reserved: undefined,
            ...request,
          },
          budget().along('users_read'),
        );
        order.push(
          turn.kind === 'job'
            ? turn.id
                .split('.')
                .filter((_, part) => part === 0 || part === 3)
                .join(' ')
            : turn.kind,
        );
      }
      return order;
    };
    const spent = async (bucket: 'all' | 'users_write') =>
      (await redis.hget(keys.budget('test', bucket), 'tat')) ?? 'nothing';

    it('passes jobs of the group over while it has no slot, and takes nothing for them', async () => {
      await submit('acme', 'key', 10, 'createUser');
      expect(await taken(3)).to.deep.equal(Array.from({ length: 3 }, () => 'acme createUser'));
      const before = [await spent('all'), await spent('users_write')];
      expect(await taken(2)).to.deep.equal(['none', 'none']);
      expect([await spent('all'), await spent('users_write')]).to.deep.equal(before);
      await submit('globex', 'key', 2, 'getUser');
      expect(await taken(3)).to.deep.equal(['globex getUser', 'globex getUser', 'none']);
    });

    it('says that they wait, so that somebody asks again', async () => {
      await submit('acme', 'key', 4, 'createUser');
      await taken(3);
      const turn = await fairQueue.take(
        {
          bucket: 'all',
          groups: ['users_write'],
          ticket: ticket(),
          calls: [],
          full: [],
          reserved: undefined,
        },
        budget().along('users_write'),
      );
      expect(turn).to.deep.include({ kind: 'none', backlogged: ['users_write'] });
    });

    it('passes further calls to the group over while it has no slot, and names the one whose turn it is', async () => {
      await budget().refused('users_write', 60_000, { isOfGroup: true });
      const calls = (['users_write', 'users_write', 'other'] as const).map((group) => ({
        name: 'tenant/acme',
        caller: 'key',
        group,
      }));
      const ask = (some: typeof calls) =>
        fairQueue.take(
          { bucket: 'all', groups: ['other'], ticket: undefined, calls: some, full: [], reserved: undefined },
          budget().along('other'),
        );
      expect(await ask(calls)).to.include({ kind: 'call', index: 2 });
      expect(await ask(calls.slice(0, 2))).to.include({ kind: 'none' });
    });

    it('gives a tenant no more than its turns for the time in which its group had no slot', async () => {
      await submit('acme', 'key', 20, 'createUser');
      await taken(3);
      await submit('globex', 'key', 200, 'getUser');
      expect(await taken(100)).to.deep.equal(Array.from({ length: 100 }, () => 'globex getUser'));
      await submit('acme', 'key', 20, 'getUser');
      await redis.del(keys.budget('test', 'users_write'));
      const order = await taken(10);
      // The clocks of two that begin anew may be one turn apart.
      expect(order.filter((one) => one.startsWith('acme')).length).to.be.within(4, 6);
    });

    it('counts calls to the group among the turns of its tenant', async () => {
      await submit('acme', 'key', 3, 'createUser');
      await submit('acme', 'key', 20, 'getUser');
      await submit('globex', 'key', 20, 'getUser');
      const order = await taken(12);
      expect(order.filter((one) => one.startsWith('acme'))).to.have.length(6);
      expect(order).to.include('acme createUser');
    });

    it('begins a read of any group of reads with its slot', async () => {
      await submit('acme', 'key', 1, 'getUser');
      const [record] = await redis.keys(`${keys.relayPrefix}job:*`);
      const group = 'organizations_read_by_id';
      await redis.hset(record!, 'group', group);
      for (const key of await redis.keys(`${keys.relayPrefix}fair:*users_read*`))
        await redis.rename(key, key.replace('users_read', group));
      const turn = await fairQueue.take(
        { bucket: 'all', groups: [group], ticket: ticket(), calls: [], full: [], reserved: undefined },
        budget().along(group),
      );
      expect(turn).to.deep.include({ kind: 'job', isStarted: true });
    });
  });
});
