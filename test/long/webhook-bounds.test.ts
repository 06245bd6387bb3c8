/** What many events, many endpoints and many replays come to: a rate for the host, one replay at a time, a bounded number of due events. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { keys } from '../../src/redis/keys.ts';
import { until } from '../support/api-keys.ts';
import { auditEvents } from '../support/audit.ts';
import { call } from '../support/client.ts';
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import { basic } from '../support/callers.ts';
import { startReceiver, type Receiver } from '../support/webhook-receiver.ts';
import {
  aWebhook,
  CREATED,
  happen,
  happenInARow,
  readWebhook,
  type MadeWebhook,
} from '../support/webhooks.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';

const PER_SECOND = 20;

describe('webhooks of one host', () => {
  let deployment: OwnDeployment;
  let leave: () => void;
  let as: string;
  let redis: Redis;
  const receivers: Receiver[] = [];

  before(async function () {
    this.timeout(WORLD_MS);
    const workerSettings = {
      WEBHOOK_REQUESTS_PER_SECOND_PER_HOST: String(PER_SECOND),
      WEBHOOK_RETRY_SECONDS: '0.5,0.5,0.5',
    };
    const own = await ownWorld({ workerSettings, apiSettings: { WEBHOOK_VERIFICATIONS_PER_HOUR: '24' } });
    deployment = own;
    leave = moveInto(own);
    await own.startWorker('worker-2');
    const { client_id, client_secret } = own.tenants[0]!.api_key;
    as = basic(client_id, client_secret);
    redis = new Redis(own.redis);
  });
  after(async function () {
    this.timeout(WORLD_MS);
    redis?.disconnect();
    leave?.();
    await Promise.all(receivers.map((receiver) => receiver.close()));
    await deployment?.end();
  });

  async function receiver(): Promise<Receiver> {
    const started = await startReceiver();
    receivers.push(started);
    return started;
  }
  const enabled = async (hook: MadeWebhook) =>
    until(async () => (await readWebhook(as, hook)).status === 'enabled');

  it('are posted to at its rate, whatever nineteen of them make of a hundred reads', async () => {
    const endpoint = await receiver();
    const times: number[] = [];
    const hooks: MadeWebhook[] = [];
    for (let i = 0; i < 19; i += 1)
      hooks.push(
        await aWebhook(as, `${endpoint.url}/${i}`, { event_types: ['initial_access_token.listed'] }),
      );
    for (const hook of hooks) await enabled(hook);
    endpoint.answer((_, response) => {
      times.push(performance.now());
      response.writeHead(204).end();
    });
    const began = performance.now();
    await Promise.all(
      Array.from({ length: 100 }, () => call('GET', '/v1/tenant/initial-access-tokens', { as })),
    );
    await until(() => times.length > 5 * PER_SECOND);
    // At any time at most the burst and what has come to be; a call may be seen late, and never early.
    for (const [at, time] of times.entries())
      expect(at + 1).to.be.at.most(1 + PER_SECOND * (1 + (time - began) / 1_000));
    for (const { path } of hooks) await call('DELETE', path, { as });
  });

  it('are told again by one replay at a time', async () => {
    const [endpoint, from] = [await receiver(), new Date().toISOString()];
    const hook = await aWebhook(as, endpoint.url, { ordered: true });
    await enabled(hook);
    await happenInARow(as, 3);
    await until(() => endpoint.taken().length === 3);
    let hold = true;
    endpoint.answer((_, response) => void (hold ? undefined : response.writeHead(204).end()));
    const replay = () => call('POST', `${hook.path}/replay`, { as, body: { from } });
    const answers = await Promise.all(Array.from({ length: 10 }, replay));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([202, ...Array<number>(9).fill(409)]);
    expect(answers.find(({ status }) => status === 409)!.body.code).to.equal('replay_in_progress');
    // Also when all of it is due, and has not arrived.
    await until(async () => (await readWebhook(as, hook)).pending === 3);
    expect((await replay()).status).to.equal(409);
    hold = false;
    endpoint.answer(204);
    await until(async () => (await readWebhook(as, hook)).pending === 0 && endpoint.taken().length >= 6);
    expect((await replay()).status).to.equal(202);
    await until(() => endpoint.taken().length >= 9);
    await call('DELETE', hook.path, { as });
  });

  it('have a bounded number of events due; those behind them wait in the audit log', async () => {
    const endpoint = await receiver();
    const hook = await aWebhook(as, endpoint.url);
    await enabled(hook);
    // It has as many as it may have, and all of them are for later.
    const later = Date.now() + 3_600_000;
    const many = Array.from({ length: 10_000 }, (_, i) => [later, `1-${String(i).padStart(6, '0')}`]).flat();
    await redis.zadd(keys.webhookDue(hook.id), ...(many as [number, string]));
    const cursor = () => redis.hget(keys.webhookState(hook.id), 'cursor');
    const before = await cursor();
    const other = await aWebhook(as, endpoint.url + '/other');
    await enabled(other);
    const id = await happen(as);
    const arrived = (path: string) =>
      endpoint.received.some((one) => one.path === path && one.message.data['request_id'] === id);
    await until(() => arrived('/hook/other'));
    expect([await redis.zcard(keys.webhookDue(hook.id)), await cursor()]).to.deep.equal([10_000, before]);
    await redis.del(keys.webhookDue(hook.id));
    await until(() => arrived('/hook'));
    for (const { path } of [hook, other]) await call('DELETE', path, { as });
  });

  it('are told how many events were gone from the audit log before they could be', async () => {
    const endpoint = await receiver();
    endpoint.answer(500);
    const hook = await aWebhook(as, endpoint.url);
    await enabled(hook);
    await happenInARow(as, 3);
    await until(async () => (await readWebhook(as, hook)).pending === 3);
    const skipped = async () =>
      (await auditEvents({ target: hook.id })).filter(({ type }) => type === 'webhook.events_skipped');
    const log = keys.auditLog(deployment.tenants[0]!.id);
    const [ms, count] = (await redis.zrange(keys.webhookDue(hook.id), '0', '-1')).sort().at(-1)!.split('-');
    await redis.xtrim(log, 'MINID', `${ms!}-${Number(count) + 1}`);
    await until(async () => (await readWebhook(as, hook)).pending === 0);
    await until(async () => (await skipped()).length === 1);
    expect((await skipped())[0]).to.include({ count: 3, outcome: 'succeeded' });

    // Those that nobody had looked at yet.
    await redis.set(keys.webhookDispatcher, 'somebody else', 'PX', 30_000);
    const lost = await happenInARow(as, 2);
    await until(async () =>
      (await auditEvents({ type: CREATED })).some(({ request_id }) => request_id === lost[1]),
    );
    await redis.xtrim(log, 'MAXLEN', 0);
    await redis.del(keys.webhookDispatcher);
    await happen(as);
    // What told of the first ones was trimmed as well. All that were recorded count, chosen or not.
    await until(async () => (await skipped()).length === 1);
    expect((await skipped())[0]!.count).to.be.at.least(2);
    await call('DELETE', hook.path, { as });
  });

  it('are asked whether they agree so often in an hour, and then no more', async () => {
    const url = 'https://hooks.example.com/trivium';
    const codes: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { status, body, headers } = await call('POST', '/v1/tenant/webhooks', {
        as,
        body: { url, event_types: [CREATED] },
      });
      codes.push(status === 201 ? 'made' : (body.code as string));
      if (status === 429) expect(Number(headers.get('retry-after'))).to.be.within(1, 3_600);
      else await call('DELETE', headers.get('location')!, { as });
    }
    expect(codes).to.include('too_many_webhook_verifications');
  });
});
