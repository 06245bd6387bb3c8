/**
 * Processes on machines whose clock is wrong: what is ordered or due goes by Redis' clock, whoever did it. Times are held against Redis'
 * own, asked before and after.
 */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { connectForWaiting, untilReady } from '../../../src/redis/connections.ts';
import { keys } from '../../../src/redis/keys.ts';
import { userMarkId } from '../../../src/registry/user-marks.ts';
import type { StartedProcess } from '../../../src/start/processes.ts';
import { newApiKey, until } from '../../support/api-keys.ts';
import { apiKey, user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { ownDeployment, type OwnDeployment } from '../../support/own-deployment.ts';
import { startReceiver, type Receiver } from '../../support/webhook-receiver.ts';
import { aWebhook, deliveriesOf, happen } from '../../support/webhooks.ts';
import { moveInto, WORLD_MS } from '../../support/world.ts';

const TEN_MINUTES_MS = 600_000;
/** Clocks as near as this count as the same: on a busy machine Redis' answer, and so its time, comes late. */
const NEAR_MS = 10_000;
const PRELOAD = new URL('../../support/shifted-clock.mjs', import.meta.url).href;

const shifted = (ms: number): Record<string, string> => ({
  UPKEEP_SECONDS: '1',
  NODE_OPTIONS: `--import=${PRELOAD}`,
  CLOCK_SHIFT_MS: String(ms),
});

describe('wrong clocks', () => {
  let own: OwnDeployment;
  let moveOut: () => void;
  let redis: Redis;
  let receiver: Receiver;
  let wrong: StartedProcess | undefined;

  before(async function () {
    this.timeout(WORLD_MS);
    own = await ownDeployment();
    moveOut = moveInto({ ...own, apis: [own.api, own.api] });
    redis = connectForWaiting(own.redis);
    await untilReady(redis);
    receiver = await startReceiver();
  });
  after(async function () {
    this.timeout(WORLD_MS);
    await receiver?.close();
    redis?.disconnect();
    moveOut?.();
    await own?.end();
  });

  async function redisMs(): Promise<number> {
    const [seconds, micros] = await redis.time();
    return Number(seconds) * 1_000 + Number(micros) / 1_000;
  }
  /** Holds times against Redis' clock, as it was when it began and when it ended. */
  async function within(work: () => Promise<Record<string, string | number>>): Promise<void> {
    const from = await redisMs();
    const times = await work();
    const to = await redisMs();
    for (const [what, time] of Object.entries(times))
      expect(new Date(time).getTime(), what).to.be.within(from - NEAR_MS, to + NEAR_MS);
  }
  const logOf = (name: string): string => readFileSync(join(own.home, 'logs', `${name}.log`), 'utf8');
  const offsetsIn = (name: string): number[] =>
    logOf(name)
      .split('\n')
      .filter((line) => line.includes('"offset_ms"'))
      .map((line) => (JSON.parse(line) as { offset_ms: number }).offset_ms);

  for (const ms of [TEN_MINUTES_MS, -TEN_MINUTES_MS])
    describe(`a worker that is ten minutes ${ms > 0 ? 'ahead' : 'behind'}`, () => {
      const name = `worker-${ms > 0 ? 'ahead' : 'behind'}`;
      before(async function () {
        this.timeout(WORLD_MS);
        await own.parts.worker.stop();
        wrong = await own.startWorker(name, shifted(ms));
      });
      after(async function () {
        this.timeout(WORLD_MS);
        await wrong?.stop();
        own.parts.worker = await own.startWorker(`${name}-gone`);
      });

      it('says so', () => {
        expect(offsetsIn(name)).to.have.length(1);
        expect(offsetsIn(name)[0]).to.be.within(ms - NEAR_MS, ms + NEAR_MS);
      });

      it('records events when they happened, and tells webhooks of them at once', async () => {
        const as = await user('acme');
        const webhook = await aWebhook(as, receiver.url);
        const { id } = webhook;
        await until(async () => (await call('GET', `/v1/tenant/webhooks/${id}`, { as })).body.verified_at);
        await within(async () => {
          const request = await happen(as);
          await until(() => receiver.received.some(({ message }) => message.data['request_id'] === request));
          const { message } = receiver.received.find((one) => one.message.data['request_id'] === request)!;
          const { body } = await call('GET', '/v1/tenant/audit-events?limit=50', { as });
          const event = body.events.find((one: { request_id: string }) => one.request_id === request);
          await until(async () => (await deliveriesOf(as, webhook)).length > 0);
          const [delivery] = await deliveriesOf(as, webhook);
          return {
            'told at': message.timestamp,
            time: event.time,
            'recorded at': event.recorded_at,
            'delivered at': delivery!.time,
          };
        });
        await call('DELETE', `/v1/tenant/webhooks/${id}`, { as });
      });

      it('says when a job ended, and up to when tokens of whoever it changed count no more', async () => {
        const as = await apiKey('acme');
        const { body: made } = await call('POST', '/v1/users', {
          as,
          body: { email: `c-${Math.abs(ms)}-${ms > 0}@acme.example` },
        });
        await within(async () => {
          const path = `/v1/users/${encodeURIComponent(made.user_id as string)}/roles`;
          const changed = await call('PUT', path, {
            as,
            body: { roles: ['member'] },
            headers: { prefer: 'respond-async' },
          });
          const job = changed.headers.get('location')!;
          await until(async () => (await call('GET', job, { as })).body.status === 'succeeded');
          const { body } = await call('GET', job, { as });
          const mark = await redis.hgetall(keys.userMark(userMarkId('acme', made.user_id as string)));
          return {
            created: body.created_at,
            finished: body.finished_at,
            marked: Number(mark['roles_up_to']) * 1_000,
          };
        });
      });

      it('ends a key when its time is over, and not before', async () => {
        const soon = new Date((await redisMs()) + 8_000).toISOString();
        const later = new Date((await redisMs()) + TEN_MINUTES_MS / 2).toISOString();
        const [ends, stays] = [
          await newApiKey('acme', { expires_at: soon }),
          await newApiKey('acme', { expires_at: later }),
        ];
        const has = async (clientId: string) => (await redis.hexists(keys.clients, clientId)) === 1;
        await until(async () => !(await has(ends.clientId)));
        expect(await redisMs()).to.be.at.least(Date.parse(soon) - 1_000);
        expect(await has(stays.clientId)).to.equal(true);
      });
    });

  describe('an API process that is ten minutes ahead', () => {
    let at: string;
    before(async function () {
      this.timeout(WORLD_MS);
      at = (await own.startApi('api-ahead', shifted(TEN_MINUTES_MS))).url;
    });

    it('says so, in its log and its metrics', async () => {
      expect(offsetsIn('api-ahead')[0]).to.be.within(TEN_MINUTES_MS - NEAR_MS, TEN_MINUTES_MS + NEAR_MS);
      const text = await (await fetch(`${at}/metrics`)).text();
      const [, seconds] = /^trivium_clock_offset_seconds (\S+)$/m.exec(text) ?? [];
      expect(Number(seconds) * 1_000).to.be.within(TEN_MINUTES_MS - NEAR_MS, TEN_MINUTES_MS + NEAR_MS);
    });

    it('says when something was asked for', async () => {
      const as = await apiKey('globex');
      await within(async () => {
        const { body: job } = await call('POST', '/v1/users', {
          as,
          at,
          body: { email: 'ahead@globex.example' },
          headers: { prefer: 'respond-async' },
        });
        const { body: made } = await call('POST', '/v1/user-imports', {
          as,
          at,
          body: [{ email: 'ahead-too@globex.example' }],
        });
        return { 'job created': job.created_at, 'import created': made.created_at };
      });
    });
  });
});
