/** `/readyz`: what makes a process unready, and what is only shown. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthorityClock } from '../../src/auth0/authority-clock.ts';
import { createLog } from '../../src/log.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { until } from '../support/api-keys.ts';
import { basic, clientCredentials } from '../support/callers.ts';
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { WORLD_MS } from '../support/world.ts';

interface Ready {
  status: number;
  body: { status: string; checks: Record<string, string> };
}

async function readiness(at: string): Promise<Ready> {
  const response = await fetch(`${at}/readyz`);
  return { status: response.status, body: (await response.json()) as Ready['body'] };
}

/** Asks on, on connections that are kept and on new ones, until nobody listens there any more. */
async function readinessToTheEnd(at: string): Promise<Ready[]> {
  const seen: Ready[] = [];
  for (;;) {
    const found = await readiness(at).catch(() => undefined);
    if (!found) return seen;
    seen.push(found);
  }
}

describe('readiness', () => {
  let deployment: OwnDeployment;
  before(async function () {
    this.timeout(2 * WORLD_MS);
    deployment = await ownDeployment();
  });
  after(async function () {
    this.timeout(2 * WORLD_MS);
    await deployment?.end();
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`ends first after ${signal}, and then the API`, async function () {
      this.timeout(2 * WORLD_MS);
      const api = await deployment.startApi(`api-${signal}`, {
        STOP_DELAY_SECONDS: '6',
        // It is asked as fast as it answers.
        ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS: '1000000',
      });
      expect((await readiness(api.url)).status).to.equal(200);
      process.kill(api.pid, signal);
      const stopped = api.ended;
      await until(async () => (await readiness(api.url)).status === 503);
      // It goes on answering, each the last time on its connection.
      const healthy = await fetch(`${api.url}/healthz`);
      expect([healthy.status, healthy.headers.get('connection')]).to.deep.equal([200, 'close']);
      const seen = await readinessToTheEnd(api.url);
      await stopped;
      expect(seen).to.have.length.above(0);
      for (const one of seen)
        expect(one).to.deep.equal({
          status: 503,
          body: { status: 'not_ready', checks: { redis: 'ok', authority: 'ok', queue: 'ok' } },
        });
    });

  it('ends first for a worker, too, which still ends what it has in hand', async function () {
    this.timeout(2 * WORLD_MS);
    const { control, api, tenants } = deployment;
    await deployment.parts.worker.stop();
    const port = await anyFreePort();
    const worker = await deployment.startWorker('worker-red', { WORKER_HEALTH_PORT: String(port) });
    const at = `http://localhost:${port}`;
    expect((await readiness(at)).status).to.equal(200);
    const effect = { kind: 'latency', ms: 5_000 } as const;
    const fault = await control.addFault({ method: 'POST', path: '/api/v2/users', times: 1, effect });
    const { client_id, client_secret } = tenants[0]!.api_key;
    const created = fetch(`${api}/v1/users`, {
      method: 'POST',
      headers: {
        authorization: basic(client_id, client_secret),
        'content-type': 'application/json',
        prefer: 'wait=50',
      },
      body: JSON.stringify({ email: 'in-hand@acme.example' }),
    });
    await until(async () => (await control.faults()).some(({ id, hits }) => id === fault.id && hits > 0));
    process.kill(worker.pid, 'SIGTERM');
    await until(async () => (await readiness(at)).status === 503);
    expect((await created).status).to.equal(201);
    await worker.ended;
    deployment.parts.worker = await deployment.startWorker('worker-again');
  });

  it('shows an authority that is away, and does not end with it', async function () {
    this.timeout(2 * WORLD_MS);
    const { control } = deployment;
    await control.goDown();
    try {
      // It has never seen the keys, as one that has not seen them for longer than they are good.
      const api = await deployment.startApi('api-alone');
      const expected = {
        status: 200,
        body: { status: 'ready', checks: { redis: 'ok', authority: 'failed', queue: 'ok' } },
      };
      expect(await readiness(api.url)).to.deep.equal(expected);
      await control.comeUp();
      await until(async () => (await readiness(api.url)).body.checks['authority'] === 'ok');
      await api.stop();
      // One that hears, and does not answer.
      const path = '/.well-known/jwks.json';
      const fault = await control.addFault({ method: 'GET', path, effect: { kind: 'hang', when: 'before' } });
      const next = await deployment.startApi('api-unheard');
      expect(await readiness(next.url)).to.deep.equal(expected);
      await control.removeFault(fault.id);
      await control.clearFaults();
      await next.stop();
    } finally {
      await control.comeUp();
    }
  });

  for (const signal of ['SIGTERM', 'SIGKILL', 'SIGSTOP'] as const)
    it(`shows that no worker runs, though nothing waits for one: ${signal}`, async function () {
      this.timeout(2 * WORLD_MS);
      const { api, parts } = deployment;
      const queue = async () => (await readiness(api)).body.checks['queue'];
      await until(async () => (await queue()) === 'ok');
      const { worker } = parts;
      process.kill(worker.pid, signal);
      await until(async () => (await queue()) === 'failed');
      expect((await readiness(api)).status).to.equal(200);
      if (signal === 'SIGSTOP') process.kill(worker.pid, 'SIGCONT');
      else {
        await worker.ended;
        parts.worker = await deployment.startWorker(`worker-after-${signal}`);
      }
      await until(async () => (await queue()) === 'ok');
    });
});

describe("the authority's clock", () => {
  it('is read off each answer, and told of when it is off and when it is right again', () => {
    const lines: { level: number; offset_seconds: number }[] = [];
    const log = createLog('trace', [], { write: (line: string) => void lines.push(JSON.parse(line)) });
    const clock = createAuthorityClock(5_000, log);
    const answer = (aheadSeconds: number, headers: Record<string, string> = {}) =>
      new Response(null, {
        headers: { date: new Date(Date.now() + aheadSeconds * 1000).toUTCString(), ...headers },
      });
    const read = (response: Response, tookMs = 0) => {
      clock.read(response, Date.now() - tookMs);
      return Math.round(clock.offsetMs()! / 1000);
    };
    expect(clock.offsetMs()).to.equal(undefined);
    clock.read(new Response(null), Date.now());
    clock.read(new Response(null, { headers: { date: 'yesterday' } }), Date.now());
    expect(clock.offsetMs()).to.equal(undefined);
    expect(read(answer(0))).to.be.within(-1, 1);
    expect(read(answer(3))).to.be.within(2, 4);
    expect(lines).to.deep.equal([]);
    expect(read(answer(30))).to.be.within(29, 31);
    expect(read(answer(31))).to.be.within(30, 32);
    // From a cache: it is 20 s old.
    expect(read(answer(10, { age: '20' }))).to.be.within(29, 31);
    // Half of what a slow one took lies before it.
    expect(read(answer(0), 2_000)).to.be.within(0, 2);
    expect(read(answer(-40))).to.be.within(-41, -39);
    expect(lines.map(({ level }) => level)).to.deep.equal([40, 30, 40]);
    expect(lines[0]!.offset_seconds).to.be.within(29, 31);
  });

  it('that is ahead of ours is in the log and the metrics, and refusals say so', async function () {
    this.timeout(2 * WORLD_MS);
    const deployment = await ownDeployment();
    try {
      const { control, authority, audience, tenants, home } = deployment;
      await control.advanceClock(30_000);
      const api = await deployment.startApi('api-slow-clock');
      const { client_id, client_secret } = tenants[0]!.api_key;
      const token = await clientCredentials(client_id, client_secret, audience, authority);
      const ask = async (authorization: string) => {
        const response = await fetch(`${api.url}/v1/tenant`, { headers: { authorization } });
        return {
          status: response.status,
          body: (await response.json()) as { code: string; detail?: string },
        };
      };
      const refused = await ask(`Bearer ${token}`);
      expect([refused.status, refused.body.code]).to.deep.equal([401, 'invalid_token']);
      expect(refused.body.detail).to.match(/not valid yet/);
      // A key that the authority has taken is not wrong.
      const key = await ask(basic(client_id, client_secret));
      expect([key.status, key.body.code]).to.deep.equal([503, 'authority_unavailable']);
      const metrics = await (await fetch(`${api.url}/metrics`)).text();
      const offset = Number(/^trivium_authority_clock_offset_seconds (\S+)$/m.exec(metrics)![1]);
      expect(offset).to.be.within(28, 32);
      const log = readFileSync(join(home, 'logs', 'api-slow-clock.log'), 'utf8');
      expect(log.match(/CLOCK_TOLERANCE_SECONDS/g)).to.have.length(1);
    } finally {
      await deployment.end();
    }
  });
});
