/** Relay jobs as they are stored: made once, begun or cancelled, ended once. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { redisNow } from '../../src/redis/clock.ts';
import { keys } from '../../src/redis/keys.ts';
import type { JobRecord, NewJob } from '../../src/relay/job-records.ts';
import { createJobSteps } from '../../src/relay/job-steps.ts';
import { JobStore } from '../../src/relay/job-store.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { redisAlone } from '../support/redis-alone.ts';

const seal = createSeal({ current: 'k', byId: new Map([['k', Buffer.alloc(32, 7)]]) });
const LIMITS = { perFlow: 3, perCaller: 2, bytesPerFlow: 2 ** 20 };
const KEEP_MS = 60_000;

describe('relay jobs in Redis', () => {
  const redis = redisAlone();
  let store: JobStore;
  before(() => (store = new JobStore(redis(), seal, LIMITS)));

  const job = (more: Partial<NewJob> = {}): NewJob => ({
    id: randomUUID(),
    operationId: 'updateUser',
    tenantId: 'acme',
    requestId: 'r',
    input: { user_id: 'u' },
    fingerprint: undefined,
    flight: undefined,
    ticket: 't',
    event: { type: 'user.updated' } as unknown as NewJob['event'],
    by: { kind: 'tenant', clientId: 'c' },
    maker: 'm',
    makerUser: undefined,
    subject: undefined,
    flow: { name: 'tenant/acme', caller: 'c' },
    ...more,
  });
  const lookUp = (more: Partial<NewJob> = {}) =>
    job({ operationId: 'getUser', flight: `${keys.relayPrefix}flight:f`, event: undefined, ...more });
  async function make(wanted: NewJob = job()): Promise<JobRecord> {
    const made = await store.create(wanted);
    if (typeof made !== 'object' || !('record' in made)) throw new Error(JSON.stringify(made));
    return made.record;
  }
  const done = { outcome: { user_id: 'u' } };
  const outbox = () => redis().xlen(keys.outbox);

  it('are read as they were made', async () => {
    const made = await make();
    const read = (await store.read(made.id))!;
    expect(read).to.deep.include({ operationId: 'updateUser', status: 'queued', ticket: 't', sent: false });
    expect(read).to.deep.equal(made);
    expect(await redis().hget(keys.relayJob(made.id), 'input')).to.not.contain('user_id');
  });

  for (const [what, again, found] of [
    ['again with the same request', { fingerprint: 'f' }, 'known'],
    ['with another request', { fingerprint: 'other' }, 'other'],
    ['without a key', { fingerprint: undefined }, 'other'],
  ] as const)
    it(`are made once: ${what}`, async () => {
      const { id } = await make(job({ fingerprint: 'f' }));
      await store.release((await store.read(id))!);
      expect(await store.create(job({ id, ...again }))).to.equal(found);
    });

  it('are made anew when nothing was done the first time', async () => {
    const record = await make(job({ fingerprint: 'f' }));
    await store.end(record, { problem: { code: 'overloaded' } }, KEEP_MS);
    expect(await make(job({ id: record.id, fingerprint: 'f' }))).to.include({ id: record.id });
  });

  it('are shared by look-ups that are alike, until the call is sent', async () => {
    const first = await make(lookUp());
    expect(await store.create(lookUp())).to.deep.equal({ sameAs: first.id });
    expect(await store.cancel(first), 'somebody else waits for it').to.equal(false);
    expect(await store.start(first, { isWrite: false })).to.equal(true);
    expect(await make(lookUp())).to.not.include({ id: first.id });
  });

  it('are cancelled when nobody else waits, and leave nothing behind', async () => {
    const record = await make(lookUp());
    expect(await store.cancel(record)).to.equal(true);
    expect(await store.start(record, { isWrite: false })).to.equal(false);
    expect((await redis().keys('*')).filter((key) => !key.endsWith('sequence'))).to.deep.equal([]);
  });

  for (const [what, jobs, full] of [
    ['of one caller', ['c', 'c', 'c'], 'perCaller'],
    ['of a flow', ['c', 'd', 'e', 'f'], 'perFlow'],
  ] as const)
    it(`are as many as may be pending ${what}, and one that has ended counts no more`, async () => {
      const callers: readonly string[] = jobs;
      const records: JobRecord[] = [];
      for (const caller of callers.slice(0, -1))
        records.push(await make(job({ flow: { name: 'tenant/acme', caller } })));
      const last = job({ flow: { name: 'tenant/acme', caller: callers.at(-1)! } });
      expect(await store.create(last)).to.deep.equal({ full });
      expect(await store.read(last.id)).to.equal(undefined);
      await store.end(records[0]!, done, KEEP_MS);
      expect(await make(last)).to.include({ id: last.id });
    });

  it('are released in time, or never', async () => {
    const inTime = await make();
    expect([await store.release(inTime), await store.release(inTime)]).to.deep.equal([
      'released',
      'released',
    ]);
    const late = await make();
    await redis().hset(keys.relayJob(late.id), 'release_by', redisNow() - 1_000);
    expect(await store.release(late)).to.equal('void');
    await redis().del(keys.relayJob(late.id));
    expect(await store.release(late)).to.equal('gone');
  });

  it('end once, forget their input, and tell of it once', async () => {
    const record = await make();
    expect(await store.end(record, done, KEEP_MS)).to.equal(true);
    expect(await store.end(record, { problem: { code: 'not_found' } }, KEEP_MS)).to.equal(false);
    expect(await store.read(record.id)).to.deep.include({ status: 'succeeded', ended: done });
    expect(await redis().hexists(keys.relayJob(record.id), 'input')).to.equal(0);
    await store.settle(record.id);
    expect(await outbox()).to.equal(1);
  });

  it('live again when they are taken off the dead letters, which one does of two', async () => {
    const record = await make();
    await store.addDead(record.id);
    await store.end(record, { problem: { code: 'internal_error' } }, KEEP_MS, 'failed_inside');
    expect(await store.readDead(record.id)).to.have.property('reason', 'failed_inside');
    const taken = await Promise.all([store.takeDead(record.id), store.takeDead(record.id)]);
    expect(taken.filter(Boolean)).to.have.length(1);
    expect(await store.restore(record.id)).to.deep.include({ status: 'queued', ended: undefined });
    expect(await redis().hexists(keys.relayJob(record.id), 'input')).to.equal(1);
  });

  it('are listed as dead letters newest first, and no more than are kept', async () => {
    for (const [at, id] of [1_000, 2_000, 3_000].entries())
      await redis().zadd(keys.deadLetters, id, `d${at}`);
    expect(await store.listDead(2, Infinity)).to.deep.equal([
      { id: 'd2', at: 3_000 },
      { id: 'd1', at: 2_000 },
    ]);
    expect(await store.listDead(5, 2_000)).to.deep.equal([{ id: 'd0', at: 1_000 }]);
    await store.trimDead(1_500, 1);
    expect(await store.listDead(5, Infinity)).to.deep.equal([{ id: 'd2', at: 3_000 }]);
    expect(await store.countDead()).to.equal(1);
  });

  it('keep how their steps stand, for whoever takes them up', async () => {
    const steps = createJobSteps(redis(), seal);
    expect(await steps.open('j')).to.deep.include({ phase: 'doing' });
    expect(await steps.mark('j', 'connection', 'done', { id: 'con' })).to.equal(true);
    expect(await steps.results('j')).to.deep.equal({ id: 'con' });
    expect(await steps.giveUp('j', { code: 'not_found' })).to.equal('undoing');
    expect(await steps.mark('j', 'client', 'begun')).to.equal(false);
    expect(await steps.giveUp('j', { code: 'overloaded' }), 'the first reason stays').to.equal('undoing');
    expect((await steps.read('j'))!).to.deep.include({ phase: 'undoing', problem: { code: 'not_found' } });
    await steps.end('j', 'undone');
    expect(await steps.giveUp('j', { code: 'not_found' })).to.equal('undone');
    expect((await steps.open('j')).statuses.size).to.equal(0);
  });
});
