/** Failovers, planned and not, while users are created: nothing that was accepted is lost, and nothing is done twice. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  connectForCommands,
  connectForWaiting,
  inOrder,
  untilReady,
} from '../../../src/redis/connections.ts';
import { keys, QUEUE_PREFIX } from '../../../src/redis/keys.ts';
import { until } from '../../support/api-keys.ts';
import { managementOf } from '../../support/authority.ts';
import { basic } from '../../support/callers.ts';
import { ownDeployment, type OwnDeployment } from '../../support/own-deployment.ts';
import { masterOfSlot, redisCluster, type RedisCluster } from '../../support/redis-cluster.ts';
import { slotOf } from '../../support/redis-traffic.ts';
import { watchedRedis } from '../../support/redis-sentinels.ts';
import { WORLD_MS } from '../../support/world.ts';

const CALLERS = 4;

/** Index of the master that has a key at the beginning. */
const masterOf = (key: string): number => masterOfSlot(slotOf(key));

interface Answer {
  email: string;
  status: number;
  code: string | undefined;
  retryAfter: string | null;
}

/** What was begun ends with its test, however that ends. */
const begun = new Set<() => void>();

/** Creates users until it is stopped. */
function createUsers({ api, tenants }: OwnDeployment) {
  const { client_id, client_secret } = tenants[0]!.api_key;
  const authorization = basic(client_id, client_secret);
  const answers: Answer[] = [];
  let isOver = false;
  begun.add(() => (isOver = true));
  async function create(): Promise<void> {
    const email = `failover-${randomUUID()}@acme.example`;
    const response = await fetch(`${api}/v1/users`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    });
    const { code } = (await response.json()) as { code?: string };
    answers.push({ email, status: response.status, code, retryAfter: response.headers.get('retry-after') });
  }
  const callers = Array.from({ length: CALLERS }, async () => {
    while (!isOver) {
      // At the end of a test that failed, the API is not there any more.
      await create().catch(() => (isOver = true));
      await delay(20);
    }
  });
  return {
    answers,
    /** Resolves after so many more were accepted. */
    async accepted(more: number): Promise<void> {
      const before = answers.filter(isAccepted).length;
      await until(() => answers.filter(isAccepted).length >= before + more);
    },
    async stop(): Promise<Answer[]> {
      isOver = true;
      await Promise.all(callers);
      return answers;
    },
  };
}

const isAccepted = ({ status }: Answer): boolean => status < 300;

async function expectNothingLost(own: OwnDeployment, answers: readonly Answer[]): Promise<void> {
  const allowed = ['202', '201', '503 overloaded', '502 outcome_unknown'];
  for (const { status, code, retryAfter } of answers) {
    expect(`${status} ${code ?? ''}`.trim()).to.be.oneOf(allowed);
    if (status === 503) expect(Number(retryAfter)).to.be.above(0);
  }
  const sdk = managementOf(own);
  const found = async (email: string) => (await sdk.users.listUsersByEmail({ email })).length;
  for (const answer of answers) {
    if (isAccepted(answer)) await until(async () => (await found(answer.email)) > 0);
    const times = await found(answer.email);
    if (isAccepted(answer)) expect(times, answer.email).to.equal(1);
    else if (answer.status === 503) expect(times, JSON.stringify(answer)).to.equal(0);
    else expect(times, answer.email).to.be.at.most(1);
  }
}

describe('a failover of Redis', () => {
  afterEach(() => begun.forEach((stop) => stop()));

  it('behind sentinels, planned and not, loses nothing that was accepted', async function () {
    this.timeout(3 * WORLD_MS);
    const redis = await watchedRedis();
    let own: OwnDeployment | undefined;
    try {
      own = await ownDeployment({}, redis.url);
      const users = createUsers(own);
      await users.accepted(20);
      await redis.failOver();
      await users.accepted(20);
      const [master] = [redis.first, redis.second].filter(({ port }) => port !== redis.first.port);
      await until(async () => (await redis.masterPort()) === master!.port);
      // Quiet, so that the replica has all of it: what an asynchronous replica lacks is lost with its master.
      const answers = await users.stop();
      await until(async () =>
        (await redis.first.admin.info('replication')).includes('master_link_status:up'),
      );
      await master!.admin.call('WAIT', '1', '0');
      await master!.kill();
      await until(async () => (await redis.masterPort()) === redis.first.port);
      const more = createUsers(own);
      await more.accepted(20);
      await expectNothingLost(own, [...answers, ...(await more.stop())]);
    } finally {
      await own?.end();
      await redis.stop();
    }
  });

  describe('of a cluster', () => {
    let cluster: RedisCluster;
    let own: OwnDeployment;
    before(async function () {
      this.timeout(2 * WORLD_MS);
      cluster = await redisCluster();
      own = await ownDeployment({}, cluster.url);
    });
    after(async function () {
      this.timeout(WORLD_MS);
      await own?.end();
      await cluster?.stop();
    });

    it('keeps tickets behind records: while the master of the records is paused, no job is passed over', async function () {
      this.timeout(2 * WORLD_MS);
      const records = cluster.masters[masterOf(keys.relayLastTurn)]!;
      const users = createUsers(own);
      for (let i = 0; i < 10; i += 1) {
        await users.accepted(3);
        await records.admin.call('CLIENT', 'PAUSE', '150');
      }
      await users.accepted(5);
      await expectNothingLost(own, await users.stop());
      // Run by their own tickets, not by those that are added when jobs wait without any.
      const redis = connectForWaiting(cluster.url);
      await untilReady(redis);
      expect(await redis.zcard(keys.deadLetters)).to.equal(0);
      redis.disconnect();
    });

    it('executes what is ordered in this order, whichever master is slow', async function () {
      this.timeout(60_000);
      const redis = connectForCommands(cluster.url);
      await untilReady(redis);
      const [record, ticket] = [`${keys.relayPrefix}test:record`, `${QUEUE_PREFIX}:test:ticket`];
      const [paused, other] = [masterOf(record), masterOf(ticket)];
      expect(paused).to.not.equal(other);
      // A cluster's connections open with their first commands, which are refused until then.
      for (const key of [record, ticket])
        await until(() =>
          redis.exists(key).then(
            () => true,
            () => false,
          ),
        );
      const begunAt = performance.now();
      await cluster.masters[paused]!.admin.call('CLIENT', 'PAUSE', '1500');
      const both = inOrder(
        redis,
        () => redis.set(record, '1', 'PX', 60_000),
        () => redis.set(ticket, '1', 'PX', 60_000),
      );
      await until(async () => (await redis.exists(ticket)) === 1);
      expect(performance.now() - begunAt).to.be.at.least(1_500);
      expect(await both).to.deep.equal(['OK', 'OK']);
      redis.disconnect();
    });

    it('in which a master dies costs seconds of 503, and is over by itself', async function () {
      this.timeout(3 * WORLD_MS);
      const dying = masterOf(keys.relayLastTurn);
      const users = createUsers(own);
      await users.accepted(20);
      // Planned: it hands over what it has.
      const next = cluster.replicas[dying]!;
      await next.admin.call('CLUSTER', 'FAILOVER');
      await until(async () => (await next.admin.role())[0] === 'master');
      await users.accepted(20);
      const answers = await users.stop();
      // Unplanned, once its replica has all of it.
      await until(async () => (await next.admin.info('replication')).includes('state=online'));
      await next.admin.call('WAIT', '1', '0');
      await next.kill();
      const more = createUsers(own);
      await until(async () => (await cluster.masters[dying]!.admin.role())[0] === 'master');
      await more.accepted(20);
      await expectNothingLost(own, [...answers, ...(await more.stop())]);
    });
  });
});
