/**
 * `kill -9` of the worker, and of Redis, at each point around a call: what the authority has then is what it would have without. A
 * gate on the worker's way to Redis, or a call that the authority keeps waiting, makes sure that it is that point.
 */
import { expect } from 'chai';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { until } from '../support/api-keys.ts';
import type { OwnDeployment } from '../support/own-deployment.ts';
import { WORLD_MS } from '../support/world.ts';
import { gatedDeployment, type GatedDeployment, type Victim } from './gated-deployment.ts';
import type { RedisGate } from './redis-gate.ts';
import {
  sendsOnce,
  userOperationIds,
  userOperations,
  userOperationsOf,
  type Ending,
  type UserOperationId,
} from './user-operations.ts';

/** Of a job's record: that a call which changes something is about to be sent, and how it ended. */
const ABOUT_TO_BE_SENT = /\{relay\}:job:\S+\r\n\$\d+\r\n\S+\r\n\$1\r\n1\r\n/;
const ENDED = /\{relay\}:job:\S+\r\n\$\d+\r\n\S+\r\n\$\d+\r\n\S+\r\n\$\d+\r\ntrivium:relay:ended\r\n/;

interface Point {
  /** Resolves when a job of this operation, submitted later, has got to the point. */
  reach: (parts: {
    gate: RedisGate;
    control: OwnDeployment['control'];
    id: UserOperationId;
    victim: Victim;
  }) => Promise<() => Promise<void>>;
  /** Whether it is known then, or can be found out, that the call was made once. */
  isKnown: boolean;
}

const atGate = (command: RegExp, pass: boolean): Point['reach'] => {
  return ({ gate }) => {
    const held = gate.holdAt(command, pass);
    return Promise.resolve(() => held);
  };
};

const atAuthority = (when: 'before' | 'after'): Point['reach'] => {
  return async ({ control, id, victim }) => {
    const [method, path] = userOperations[id].call;
    // A worker that lives on waits for its answer; one that is killed gets none.
    const effect =
      victim === 'worker' ? ({ kind: 'hang', when } as const) : ({ kind: 'latency', ms: 700 } as const);
    const fault = await control.addFault({ method, path, times: 1, effect });
    return () =>
      until(async () => (await control.faults()).some(({ id: each, hits }) => each === fault.id && hits > 0));
  };
};

const points: Record<string, Point> = {
  'before the call': { reach: atGate(ABOUT_TO_BE_SENT, false), isKnown: true },
  'during the call, before it is carried out': { reach: atAuthority('before'), isKnown: false },
  'during the call, after it is carried out': { reach: atAuthority('after'), isKnown: false },
  'after the call, before its outcome is stored': { reach: atGate(ENDED, false), isKnown: false },
  'after its outcome is stored, before its job ends': { reach: atGate(ENDED, true), isKnown: true },
};

export function describeKills(title: string, matrix: Record<Victim, readonly UserOperationId[]>): void {
  describe(title, function () {
    let gated: GatedDeployment;
    let deployment: OwnDeployment;
    let operations: ReturnType<typeof userOperationsOf>;
    const reference = new Map<UserOperationId, Ending>();
    /** Ids of jobs, each time that one is said to have ended. */
    const told: string[] = [];
    let subscriber: ReturnType<typeof connectForWaiting>;

    async function run(id: UserOperationId): Promise<Ending> {
      return operations.ending(await operations.submit(id, await operations.prepare(id)));
    }

    before(async function () {
      this.timeout(WORLD_MS);
      gated = await gatedDeployment();
      deployment = gated.deployment;
      operations = userOperationsOf(deployment);
      subscriber = connectForWaiting(deployment.redis);
      subscriber.on('error', () => undefined);
      subscriber.on('message', (_channel, message: string) => told.push(message.split(' ')[0]!));
      await subscriber.subscribe(keys.relayEnded);
      for (const id of userOperationIds) reference.set(id, await run(id));
    });
    after(async function () {
      this.timeout(WORLD_MS);
      subscriber?.disconnect();
      await gated?.end();
    });

    for (const [victim, ids] of Object.entries(matrix) as [Victim, readonly UserOperationId[]][]) {
      for (const [point, { reach, isKnown }] of Object.entries(points)) {
        for (const id of ids) {
          it(`${victim}, ${point}: ${id}`, async () => {
            const { control } = deployment;
            const user = await operations.prepare(id);
            // Every script is known to Redis then, also after it was started anew: what follows is one command each.
            await run('updateUser');
            await control.forgetCalls();
            const reached = await reach({ gate: gated.gate, control, id, victim });
            const submitted = await operations.submit(id, user);
            await reached();
            await gated.kill[victim]();
            const ending = await operations.ending(submitted);

            const { status, answer, users } = reference.get(id)!;
            const isInDoubt = victim === 'worker' && sendsOnce(id) && !isKnown;
            expect(ending.users).to.deep.equal(users);
            expect([ending.status, ending.answer]).to.deep.equal(
              isInDoubt ? ['unknown', 'outcome_unknown'] : [status, answer],
            );
            const sent = await operations.sent();
            if (sendsOnce(id) && !isInDoubt) expect(sent).to.equal(1);
            else expect(sent).to.be.at.most(sendsOnce(id) ? 1 : 0);
            expect(await operations.refusals()).to.equal(0);
            // What is told while Redis dies may be told to nobody; nothing is told twice.
            const times = told.filter((jobId) => jobId === submitted.jobId).length;
            expect(times).to.be.within(victim === 'Redis' ? 0 : 1, 1);
          });
        }
      }
    }
  });
}
