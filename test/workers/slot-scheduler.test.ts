/** Who gets the slots of a worker where a group has a bucket beside that of all: a Redis, and no authority. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { parsePlan, type EndpointGroup, type Plan } from '../../src/plans.ts';
import { keys } from '../../src/redis/keys.ts';
import { Budget } from '../../src/relay/budget.ts';
import { createFairQueue } from '../../src/relay/fair-queue/fair-queue.ts';
import { JobStore } from '../../src/relay/job-store.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { redisAlone } from '../support/redis-alone.ts';
import { submitJobs, type Operation } from '../support/submit-jobs.ts';
import { SlotScheduler, type NextJob } from '../../workers/slot-scheduler.ts';

/** Calls to `users_write` are paid from both; the group's bucket has one slot, and one a minute. */
const plan: Plan = {
  all: { burst: 1_000, perSecond: 1_000, stepMs: 1 },
  groups: { users_write: { burst: 2, perSecond: 1 / 60, stepMs: 1 } },
};
const limits = { perFlow: 2_000, perCaller: 1_000, bytesPerFlow: 2 ** 24 };

describe('slot scheduler', () => {
  const redis = redisAlone();
  let stop: AbortController;
  beforeEach(() => (stop = new AbortController()));
  afterEach(() => stop.abort(new Error('over')));

  const start = (of: Plan = plan) => {
    const budget = new Budget(redis(), of);
    return new SlotScheduler({ fairQueue: createFairQueue(redis()), budget, plan: of, places: 20 });
  };
  const submit = (tenant: string, operationId: Operation, count = 1) => {
    const seal = createSeal({ current: 'k', byId: new Map([['k', Buffer.alloc(32, 7)]]) });
    return submitJobs(new JobStore(redis(), seal, limits), { tenant, caller: 'key', count, operationId });
  };
  const next = (scheduler: SlotScheduler, group?: EndpointGroup): Promise<NextJob> =>
    scheduler.nextJob({ id: randomUUID(), jobId: 'none', stalls: 0, isFresh: true }, group, stop.signal);
  const operationOf = ({ turn }: NextJob) => turn?.id.split('.')[3];
  /** The group's bucket is full again. */
  const refill = () => redis().del(keys.budget('management', 'users_write'));

  it('gives jobs of other groups their turns while the group has no slot, and its own when it has', async () => {
    const scheduler = start();
    await submit('acme', 'createUser', 2);
    expect(operationOf(await next(scheduler))).to.equal('createUser');
    const held = next(scheduler);
    // Behind the one that waits.
    await submit('globex', 'getUser', 5);
    const others = await Promise.all(Array.from({ length: 4 }, () => next(scheduler)));
    expect(others.map(operationOf)).to.deep.equal(['getUser', 'getUser', 'getUser', 'getUser']);
    expect(operationOf(await held)).to.equal('getUser');
    const own = next(scheduler);
    await refill();
    expect(operationOf(await own)).to.equal('createUser');
  });

  it('gives a further call its slot when its group has one, though no ticket waits', async () => {
    const scheduler = start();
    await submit('acme', 'getUser');
    const { turn } = await next(scheduler);
    await turn!.takeSlot('users_read', stop.signal);
    await turn!.takeSlot('users_write', stop.signal);
    const held = turn!.takeSlot('users_write', stop.signal);
    for (let i = 0; i < 5; i += 1) await turn!.takeSlot('users_read', stop.signal);
    expect(await Promise.race([held.then(() => 'given'), Promise.resolve('held')])).to.equal('held');
    await refill();
    await held;
  });

  it('has a further call pay when its group has a bucket that the slot of the job was not paid from', async () => {
    const scheduler = start();
    await submit('acme', 'getUser');
    const { turn } = await next(scheduler);
    await turn!.takeSlot('users_write', stop.signal);
    const spent = Object.keys(await redis().hgetall(keys.budget('management', 'users_write')));
    expect(spent).to.include('tat');
  });

  it('lets a call that is held go when its job is given up', async () => {
    const scheduler = start();
    await submit('acme', 'createUser');
    const { turn } = await next(scheduler);
    await turn!.takeSlot('users_write', stop.signal);
    const given = new AbortController();
    const held = turn!.takeSlot('users_write', given.signal);
    await turn!.takeSlot('users_read', stop.signal);
    given.abort(new Error('given up'));
    expect(await held.catch((error: Error) => error.message)).to.equal('given up');
  });

  it('finds jobs of any group where there is no bucket of all: while the ticket waits for another one', async () => {
    const scheduler = start(parsePlan('self-service'));
    const budget = new Budget(redis(), parsePlan('self-service')!);
    await submit('acme', 'getUser');
    expect(operationOf(await next(scheduler, 'logs_read'))).to.equal('getUser');
    await budget.refused('users_write', 60_000);
    await submit('acme', 'createUser');
    const waiting = next(scheduler, 'users_write');
    await submit('globex', 'deleteApiKey');
    expect(operationOf(await waiting)).to.equal('deleteApiKey');
  });
});
