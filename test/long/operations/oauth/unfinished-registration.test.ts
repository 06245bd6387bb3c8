/** A registration that nobody can be told of leaves nothing behind: not here, and not at the authority. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { until } from '../../../support/api-keys.ts';
import { appMetadata } from '../../../support/apps.ts';
import { management } from '../../../support/authority.ts';
import { call } from '../../../support/client.ts';
import { world, WORLD_MS, type World } from '../../../support/world.ts';
import type { StartedProcess } from '../../../../src/start/processes.ts';
import { anyFreePort } from '../../../../src/start/ports.ts';
import { connectForWaiting } from '../../../../src/redis/connections.ts';
import { keys } from '../../../../src/redis/keys.ts';

const CLIENTS = '/api/v2/clients';
const GRANTS = '/api/v2/client-grants';

describe('a registration that nobody is told of', () => {
  let w: World;
  let redis: Redis;
  let hasty: StartedProcess;
  before(async function () {
    this.timeout(WORLD_MS);
    w = await world();
    redis = connectForWaiting(w.redis);
    const port = await anyFreePort();
    hasty = await w.startApi('api-hasty', { PORT: String(port), RELAY_WAIT_SECONDS: '1' });
  });
  after(async () => {
    redis.disconnect();
    await hasty.stop();
  });
  afterEach(() => w.control.clearFaults());

  const clientsNamed = async (name: string) => {
    const { clients } = await management();
    const found: string[] = [];
    // On whichever page: other tests register many.
    for await (const client of await clients.list({
      is_first_party: false,
      per_page: 100,
      include_totals: true,
    }))
      if (client.name === name) found.push(client.client_id!);
    return found;
  };
  const appsNamed = async (name: string) =>
    Object.values(await redis.hgetall(keys.clients)).filter((text) => text.includes(name));
  const register = (
    client_name: string,
    { at = w.api, signal }: { at?: string; signal?: AbortSignal } = {},
  ) =>
    fetch(`${at}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(appMetadata({ client_name })),
      ...(signal && { signal }),
    });
  async function untilNothingIsLeft(name: string): Promise<void> {
    await until(async () => (await clientsNamed(name)).length === 0 && (await appsNamed(name)).length === 0);
  }
  const unfinished = () => redis.zcard(keys.unfinishedRegistrations);

  for (const [what, path] of [
    ['client', CLIENTS],
    ['grant', GRANTS],
  ] as const) {
    it(`because the authority is slow with the ${what}: 503, and it is undone`, async () => {
      const name = `slow ${randomUUID()}`;
      await w.control.addFault({ method: 'POST', path, times: 1, effect: { kind: 'latency', ms: 5_000 } });
      const before = await unfinished();
      const answer = await register(name, { at: hasty.url });
      expect(answer.status).to.equal(503);
      expect(answer.headers.get('retry-after')).to.match(/^\d+$/);
      expect(await answer.json()).to.include({ error: 'temporarily_unavailable' });
      expect(await unfinished()).to.equal(before + 1);
      await until(async () => (await unfinished()) === before);
      await untilNothingIsLeft(name);
      // The control: nothing stands in the way any more.
      expect((await register(name)).status).to.equal(201);
      expect(await clientsNamed(name)).to.have.length(1);
    });
  }

  it('because its caller hung up: it is undone', async () => {
    const name = `gone ${randomUUID()}`;
    await w.control.addFault({
      method: 'POST',
      path: CLIENTS,
      times: 1,
      effect: { kind: 'latency', ms: 5_000 },
    });
    const before = await unfinished();
    const hangUp = new AbortController();
    const answer = register(name, { signal: hangUp.signal }).catch((error: Error) => error.name);
    await until(async () => (await unfinished()) === before + 1);
    hangUp.abort();
    expect(await answer).to.equal('AbortError');
    await until(async () => (await unfinished()) === before);
    await untilNothingIsLeft(name);
  });

  it('because the authority refused the grant: the client goes with it', async () => {
    const name = `refused ${randomUUID()}`;
    await w.control.addFault({
      method: 'POST',
      path: GRANTS,
      times: 1,
      effect: { kind: 'answer', status: 400 },
    });
    const answer = await register(name);
    expect([answer.status, ((await answer.json()) as { error: string }).error]).to.deep.equal([
      400,
      'invalid_client_metadata',
    ]);
    await untilNothingIsLeft(name);
  });

  it('because the answer of the authority was lost: the next try takes its place', async () => {
    const name = `lost ${randomUUID()}`;
    await w.control.addFault({
      method: 'POST',
      path: CLIENTS,
      times: 1,
      effect: { kind: 'drop', when: 'after' },
    });
    const answer = await call('POST', '/oauth/register', { body: appMetadata({ client_name: name }) });
    expect(answer.status).to.equal(201);
    expect(await clientsNamed(name)).to.deep.equal([answer.body.client_id]);
  });

  it('because the process that would have told died: the upkeep undoes it', async function () {
    this.timeout(WORLD_MS);
    const name = `orphan ${randomUUID()}`;
    const port = await anyFreePort();
    const doomed = await w.startApi('api-doomed', { PORT: String(port) });
    await w.control.addFault({
      method: 'POST',
      path: GRANTS,
      times: 1,
      effect: { kind: 'latency', ms: 5_000 },
    });
    const answer = register(name, { at: `http://localhost:${port}` }).catch((error: Error) => error.name);
    await until(async () => (await clientsNamed(name)).length === 1);
    await doomed.stop('SIGKILL');
    expect(await answer).to.equal('TypeError');
    await until(async () => (await appsNamed(name)).length === 1);
    const worker = await w.startWorker('worker-undoing', { RECONCILE_SECONDS: '2' });
    try {
      await untilNothingIsLeft(name);
      await until(async () => (await unfinished()) === 0);
    } finally {
      await worker.stop();
    }
  });
});
