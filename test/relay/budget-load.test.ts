/** The budget under load from several processes, counted at an authority that holds both limits, too. */
import { expect } from 'chai';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endpointGroupOf } from '../../src/auth0/endpoint-group.ts';
import { parsePlan } from '../../src/plans.ts';
import { Budget } from '../../src/relay/budget.ts';
import type { Lane } from '../../src/relay/lanes.ts';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, operatorToken, startStandIn } from '../stand-in/account.ts';
import { redisServer, type RedisServer } from '../support/redis-server.ts';
import type { Calling } from './calling-process.ts';

const PROCESSES = 3;
/** Much more than in production: a machine that runs tests may stand still for longer than a network does. */
const JITTER_MS = 3_000;
/** Of each process: more than any of these buckets holds, and than it gets while the overall one lets all of them through. */
const LOAD: readonly [count: number, lane: Lane, method: string, path: string][] = [
  [14, 'interactive', 'GET', 'users/auth0%7Cnobody'],
  [8, 'bulk', 'GET', 'users/auth0%7Cnobody'],
  [12, 'interactive', 'GET', 'organizations/org_a'],
  [3, 'bulk', 'PATCH', 'organizations/org_a'],
  [3, 'interactive', 'DELETE', 'organizations/org_a'],
  [18, 'bulk', 'DELETE', 'organizations/org_a/members'],
  [10, 'interactive', 'GET', 'organizations/org_a/members'],
];

describe('budget under load', () => {
  let redis: RedisServer;
  let standIn: StandIn;
  const processes: ChildProcess[] = [];
  before(async () => {
    redis = await redisServer();
    standIn = await startStandIn();
  });
  after(async () => {
    for (const child of processes) child.kill();
    await standIn.close();
    await redis.stop();
  });

  it('exceeds neither the limit of all nor that of any group, over several processes', async function () {
    this.timeout(360_000);
    const token = await operatorToken(standIn);
    const calls = LOAD.flatMap(([count, lane, method, path]) =>
      Array.from({ length: count }, () => ({ lane, method, url: `${standIn.url}api/v2/${path}` })),
    );
    const calling: Calling = { redis: redis.url, plan: 'enterprise', jitterMs: JITTER_MS, token, calls };
    await Promise.all(
      Array.from({ length: PROCESSES }, async () => {
        const child = fork(fileURLToPath(new URL('./calling-process.ts', import.meta.url)), {
          execArgv: ['--import', 'tsx'],
        });
        processes.push(child);
        child.send(calling);
        await once(child, 'message');
      }),
    );
    standIn.controls.change({ plan: 'enterprise' });
    await spendEverything(token);
    const before = refusals().length;
    const answers = await Promise.all(
      processes.map(async (child) => {
        child.send('begin');
        const [statuses] = (await once(child, 'message')) as [number[]];
        return statuses;
      }),
    );
    expect(answers.flat()).to.have.length(PROCESSES * calls.length);
    expect(refusals().slice(before)).to.deep.equal([]);
  });

  const refusals = () =>
    [...standIn.store.logs.values()]
      .filter(({ type }) => type === 'api_limit')
      .map(({ description }) => description);

  /**
   * Full buckets lose what would be added, so the first calls of all must not be late; those that are empty don't mind how slow this
   * machine is. The bursts: `budget.test.ts`.
   */
  async function spendEverything(token: string): Promise<void> {
    const budget = new Budget(redis.admin, parsePlan('enterprise')!);
    for (const [, , method, path] of [...LOAD, ...LOAD.slice(0, 1)]) {
      const spend = () =>
        Promise.all(Array.from({ length: 60 }, () => callManagement(standIn, token, method, path)));
      let refused;
      while (!refused) refused = (await spend()).find(({ status }) => status === 429);
      const group = endpointGroupOf(method, new URL(`${standIn.url}api/v2/${path}`));
      await budget.learn(group, { limit: Number(refused.headers.get('x-ratelimit-limit')), remaining: 0 });
    }
  }
});
