/**
 * The authority loses answers, is slower than our time-out, refuses for a while, or does not answer at all: what it has in the end is
 * what it would have without, nothing went out twice, and its limit was never exceeded by our doing.
 */
import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import type { Effect } from '../../src/stand-in/control/control-client.ts';
import { until } from '../support/api-keys.ts';
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { WORLD_MS } from '../support/world.ts';
import {
  sendsOnce,
  userOperationIds,
  userOperations,
  userOperationsOf,
  type Ending,
  type UserOperationId,
} from '../faults/user-operations.ts';

/** Longer than a busy machine may hold up the authority. */
const TIMEOUT_SECONDS = 3;
const SLOWER_MS = 4_000;

/** On every call that changes something, once each. */
const faults: Record<string, { effect: Effect; isInDoubt: boolean; refusals?: number }> = {
  'answers that never come, of calls that were not carried out': {
    effect: { kind: 'drop', when: 'before' },
    isInDoubt: true,
  },
  'answers that never come, of calls that were carried out': {
    effect: { kind: 'drop', when: 'after' },
    isInDoubt: true,
  },
  'answers that come after our time-out': { effect: { kind: 'latency', ms: SLOWER_MS }, isInDoubt: true },
  'a 500 after it was carried out': {
    effect: { kind: 'answer', status: 500, when: 'after' },
    isInDoubt: true,
  },
  'a 429 that does not say how long': { effect: { kind: 'rate_limit' }, isInDoubt: false, refusals: 1 },
};

describe('when the authority is unwell', () => {
  let deployment: OwnDeployment;
  let operations: ReturnType<typeof userOperationsOf>;
  const reference = new Map<UserOperationId, Ending>();

  before(async function () {
    this.timeout(WORLD_MS);
    deployment = await ownDeployment({ plan: '20,100' });
    await deployment.parts.worker.stop();
    for (const name of ['worker-1', 'worker-2'])
      await deployment.startWorker(name, { AUTHORITY_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS) });
    operations = userOperationsOf(deployment);
    for (const id of userOperationIds)
      reference.set(id, await operations.ending(await operations.submit(id, await operations.prepare(id))));
  });
  afterEach(() => deployment.control.clearFaults());
  after(async function () {
    this.timeout(WORLD_MS);
    await deployment?.end();
  });

  const prepareAll = () => Promise.all(userOperationIds.map((id) => operations.prepare(id)));
  const submitAll = (users: Awaited<ReturnType<typeof prepareAll>>) =>
    Promise.all(userOperationIds.map((id, i) => operations.submit(id, users[i]!)));

  function holdAgainstReference(id: UserOperationId, ending: Ending, isInDoubt: boolean): void {
    const { status, answer, users } = reference.get(id)!;
    expect(ending.users, id).to.deep.equal(users);
    expect([ending.status, ending.answer], id).to.deep.equal(
      isInDoubt && sendsOnce(id) ? ['unknown', 'outcome_unknown'] : [status, answer],
    );
  }

  for (const [name, { effect, isInDoubt, refusals = 0 }] of Object.entries(faults)) {
    it(`${name}: as if nothing had been`, async () => {
      const { control } = deployment;
      const users = await prepareAll();
      await control.forgetCalls();
      for (const id of userOperationIds) {
        const [method, path] = userOperations[id].call;
        await control.addFault({ method, path, times: 1, effect });
      }
      const submitted = await submitAll(users);
      for (const job of submitted) holdAgainstReference(job.id, await operations.ending(job), isInDoubt);
      // What it was asked for by a call that we gave up is done by then, too.
      await until(async () => (await control.faults()).every(({ hits }) => hits === 1));
      expect(await operations.sent()).to.be.at.most(2);
      // Those that it was told to give; of its own limit, none.
      expect(await operations.refusals()).to.be.at.most(refusals * userOperationIds.length);
    });
  }

  it('in a storm of 429s: waits as long as they say, and then does each once', async () => {
    const { control } = deployment;
    const users = await prepareAll();
    await control.forgetCalls();
    // No more than one call alone may meet before it gives up.
    await control.addFault({ times: 8, effect: { kind: 'rate_limit', retryAfter: 1 } });
    const submitted = await submitAll(users);
    for (const job of submitted) holdAgainstReference(job.id, await operations.ending(job), false);
    expect(await operations.sent()).to.equal(2);
  });

  it('not answering at all, its connections open: does late what it was asked, and each once', async () => {
    const { control, parts } = deployment;
    const users = await prepareAll();
    await control.forgetCalls();
    // It takes connections and bytes, and is silent.
    process.kill(parts.standIn.pid, 'SIGSTOP');
    let submitted;
    try {
      submitted = await submitAll(users);
      // Past our time-out: first tries are given up, and lie in its sockets.
      await delay(TIMEOUT_SECONDS * 1000 + SLOWER_MS);
    } finally {
      process.kill(parts.standIn.pid, 'SIGCONT');
    }
    for (const job of submitted) {
      const ending = await operations.ending(job);
      const { status, answer, users: wanted } = reference.get(job.id)!;
      expect(ending.users, job.id).to.deep.equal(wanted);
      // What is sent once ends as it would have when it had not been sent yet, else in doubt.
      if (sendsOnce(job.id)) expect(['succeeded', 'unknown']).to.include(ending.status);
      else expect([ending.status, ending.answer], job.id).to.deep.equal([status, answer]);
    }
    expect(await operations.sent()).to.be.at.most(2);
    expect(await operations.refusals()).to.equal(0);
  });
});
