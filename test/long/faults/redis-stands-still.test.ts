/**
 * Redis that stands still, or whose answers are lost, while something is asked for: 503 means that nothing happened, then or later, and
 * where that cannot be known the answer is `outcome_unknown`. What happened is counted at the authority, or read back.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectForWaiting, untilReady } from '../../../src/redis/connections.ts';
import { keys } from '../../../src/redis/keys.ts';
import { apiKey, operator, user } from '../../support/callers.ts';
import { until } from '../../support/api-keys.ts';
import { call, type Answer } from '../../support/client.ts';
import { managementOf } from '../../support/authority.ts';
import { ownDeployment, type OwnDeployment } from '../../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../../support/world.ts';
import { openGate, type RedisGate } from '../../faults/redis-gate.ts';

const newEmail = () => `s-${randomUUID()}@acme.example`;
/** Of `create-job.lua` and `release-job.lua`, as they are sent. */
const CREATE = /"release":\{"withinMs"/;
const RELEASE = /redis\.call\('HMGET', record, 'operation', 'release_by'/;

describe('Redis that stands still', function () {
  this.timeout(360_000);
  let own: OwnDeployment;
  let moveOut: () => void;
  let redis: Redis;
  let gate: RedisGate;
  /** An API process that reaches Redis through the gate. */
  let at: string;
  let as: string;

  before(async function () {
    this.timeout(2 * WORLD_MS);
    own = await ownDeployment();
    moveOut = moveInto({ ...own, apis: [own.api, own.api] });
    redis = connectForWaiting(own.redis);
    await untilReady(redis);
    gate = await openGate(own.redis);
    at = (await own.startApi('api-at-gate', { REDIS_URL: gate.url })).url;
    as = await apiKey('acme');
  });
  // What is known of a caller is known for a moment only; that Redis is away must not be found out while its credential is looked at.
  beforeEach(() => isBack());
  after(async function () {
    this.timeout(WORLD_MS);
    redis?.disconnect();
    moveOut?.();
    await own?.end();
    await gate?.close();
  });

  const post = (email: string, headers: Record<string, string> = {}, to?: string): Promise<Answer> =>
    call('POST', '/v1/users', { as, body: { email }, headers, ...(to === undefined ? {} : { at: to }) });
  const usersAt = async (email: string) => (await managementOf(own).users.listUsersByEmail({ email })).length;

  const isBack = (through = at) =>
    until(async () => (await call('GET', '/v1/users?email=a@b.example', { as, at: through })).status === 200);

  /** Nothing is under way, nor can it come to be: each job has ended, or will never be released. */
  async function settled(): Promise<void> {
    await until(async () => {
      const now = Number((await redis.time())[0]) * 1_000;
      const records = await redis.keys(keys.relayJob('*'));
      const all = await Promise.all(records.map((key) => redis.hmget(key, 'finished', 'release_by')));
      return all.every(([finished, releaseBy]) => finished || (releaseBy && Number(releaseBy) < now));
    });
  }

  it('for longer than a command may take leaves nothing of what was answered 503', async () => {
    const keyed = (i: number): Record<string, string> => (i % 2 ? { 'idempotency-key': randomUUID() } : {});
    const requests = Array.from({ length: 20 }, (_, i) => ({ email: newEmail(), headers: keyed(i) }));
    await isBack(own.api);
    const { pid } = own.parts.redis;
    process.kill(pid!, 'SIGSTOP');
    let answers: Answer[];
    try {
      answers = await Promise.all(requests.map(({ email, headers }) => post(email, headers)));
    } finally {
      process.kill(pid!, 'SIGCONT');
    }
    await settled();
    for (const [i, { status, body, headers }] of answers.entries()) {
      expect([status, body.code]).to.deep.equal([503, 'overloaded']);
      expect(Number(headers.get('retry-after'))).to.be.at.least(1);
      expect(await usersAt(requests[i]!.email), `user ${i}`).to.equal(0);
    }
    // Repeated, as their callers were told, each is made once.
    await isBack(own.api);
    for (const { email, headers } of requests) {
      expect((await post(email, headers)).status).to.equal(201);
      expect(await usersAt(email)).to.equal(1);
    }
  });

  const lost: Record<
    string,
    { command: RegExp; pass: false | 'unanswered'; comesBack: boolean; told: number[] }
  > = {
    'a job never arrives': { command: CREATE, pass: false, comesBack: false, told: [503] },
    'a job is stored, and the answer is lost': {
      command: CREATE,
      pass: 'unanswered',
      comesBack: false,
      told: [503],
    },
    'a job is stored, and the connection is lost': {
      command: CREATE,
      pass: 'unanswered',
      comesBack: true,
      told: [503],
    },
    // Unless it takes so long to come back that it is too late.
    'a release never arrives, and Redis is there again': {
      command: RELEASE,
      pass: false,
      comesBack: true,
      told: [201, 503],
    },
    'a release is done, its answer lost, and Redis is there again': {
      command: RELEASE,
      pass: 'unanswered',
      comesBack: true,
      told: [201],
    },
    'a release never arrives, and Redis stays away': {
      command: RELEASE,
      pass: false,
      comesBack: false,
      told: [502],
    },
    'a release is done, and Redis stays away': {
      command: RELEASE,
      pass: 'unanswered',
      comesBack: false,
      told: [502],
    },
  };
  for (const [what, { command, pass, comesBack, told }] of Object.entries(lost))
    it(`tells what is so when ${what}, and what becomes of it when it is repeated`, async () => {
      const email = newEmail();
      const headers = { 'idempotency-key': randomUUID(), prefer: `wait=${comesBack ? 50 : 5}` };
      const held = gate.holdAt(command, pass);
      const answering = post(email, headers, at);
      await held;
      if (comesBack) gate.cut();
      const { status, body } = await answering;
      gate.cut();
      await settled();
      expect(status).to.be.oneOf(told);
      if (status === 502) expect(body.code).to.equal('outcome_unknown');
      const made = await usersAt(email);
      if (status === 201) expect(made).to.equal(1);
      if (status === 503) expect(made).to.equal(0);
      await isBack();
      const again = await post(email, { ...headers, prefer: 'wait=50' }, at);
      expect([again.status, await usersAt(email)]).to.deep.equal([201, 1]);
    });

  /** What changes something without the authority: what to send, and whether it is there. */
  const changes: Record<
    string,
    {
      by: () => Promise<string>;
      request: [string, string, (name: string) => object];
      list: string;
      passes: (false | 'unanswered')[];
    }
  > = {
    'an initial access token': {
      by: () => user('acme'),
      request: ['POST', '/v1/tenant/initial-access-tokens', (name) => ({ name })],
      list: '/v1/tenant/initial-access-tokens',
      passes: [false, 'unanswered'],
    },
    'a webhook': {
      by: () => user('acme'),
      request: [
        'POST',
        '/v1/tenant/webhooks',
        (name) => ({ url: `http://127.0.0.1:9/${name}`, event_types: ['user.created'] }),
      ],
      list: '/v1/tenant/webhooks',
      passes: ['unanswered'],
    },
    'a name of a tenant': {
      by: operator,
      request: ['PATCH', '/v1/tenants/globex', (name) => ({ name })],
      list: '/v1/tenants/globex',
      passes: ['unanswered'],
    },
    'an import': {
      by: () => apiKey('globex'),
      request: ['POST', '/v1/user-imports', (name) => [{ email: `${name}@globex.example` }]],
      list: '/v1/user-imports',
      passes: ['unanswered'],
    },
  };
  for (const [what, { by, request, list, passes }] of Object.entries(changes))
    for (const pass of passes)
      it(`does not say of ${what} that nothing happened when it may ${pass ? 'have' : 'yet'}`, async () => {
        const caller = await by();
        const before = () => call('GET', list, { as: caller, at });
        await until(async () => (await before()).status === 200);
        const etag = (await before()).headers.get('etag');
        const [method, path, bodyOf] = request;
        const name = `n${randomUUID()}`;
        // An import's rows are sealed: what makes it one is its state.
        const held = gate.holdAt(path === '/v1/user-imports' ? /\r\nchannel\r\n/ : new RegExp(name), pass);
        const answering = call(method, path, {
          as: caller,
          at,
          body: bodyOf(name),
          ...(etag === null ? {} : { headers: { 'if-match': etag } }),
        });
        await held;
        const { status, body } = await answering;
        gate.cut();
        expect([status, body.code]).to.deep.equal([502, 'outcome_unknown']);
      });

  it('tells of a look-up, which changes nothing, that it may be repeated', async () => {
    const caller = await user('acme');
    await until(async () => (await call('GET', '/v1/tenant/webhooks', { as: caller, at })).status === 200);
    const held = gate.holdAt(/\r\nhvals\r\n/, false);
    const answering = call('GET', '/v1/tenant/webhooks', { as: caller, at });
    await held;
    const { status, body } = await answering;
    gate.cut();
    expect([status, body.code]).to.deep.equal([503, 'overloaded']);
  });
});
