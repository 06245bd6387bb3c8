/** How many jobs may be pending: refused before anything is stored. What kills do to them: `test/long/pending-jobs.test.ts`. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { keys } from '../../../src/redis/keys.ts';
import { openRelayQueue } from '../../../src/redis/queues.ts';
import { newApiKey, until } from '../../support/api-keys.ts';
import { apiKey, user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import {
  BYTES,
  pendingJobs,
  PER_CALLER,
  PER_TENANT,
  respondAsync,
  times,
} from '../../support/pending-jobs.ts';

describe('pending jobs', () => {
  const jobs = pendingJobs();
  /** Of the relay: how much is stored. Events of refusals are not of the relay. */
  async function stored(): Promise<unknown> {
    const queue = openRelayQueue(jobs.redis);
    const found = (await jobs.redis.keys(`${keys.relayPrefix}*`))
      .filter((one) => !one.includes(':budget:'))
      .sort();
    const counts = await queue.getJobCounts();
    await queue.close();
    return { found, counts };
  }

  it('are bounded for each caller, and nothing of one too many is stored', async () => {
    expect(await jobs.changes(jobs.key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    const before = await stored();
    const refused = [
      await jobs.change(jobs.key),
      await call('GET', jobs.path, { as: jobs.key }),
      await call('DELETE', jobs.path, { as: jobs.key, headers: respondAsync }),
      await jobs.change(jobs.key, 'x', { 'idempotency-key': randomUUID() }),
      await call('POST', '/v1/users', { as: jobs.key, body: { email: `${randomUUID()}@acme.example` } }),
    ];
    for (const { status, body, headers } of refused) {
      expect([status, body.code]).to.deep.equal([429, 'too_many_pending_jobs']);
      expect(body.detail).to.contain(String(PER_CALLER));
      expect(Number(headers.get('retry-after'))).to.be.within(1, 3_600);
    }
    expect(await stored()).to.deep.equal(before);
    // Nobody else is refused for it.
    expect((await jobs.change(jobs.other.as)).status).to.equal(202);
    expect((await jobs.change(await user('acme'))).status).to.equal(202);
    expect(
      (await call('GET', jobs.path, { as: await apiKey('globex'), headers: { prefer: 'wait=1' } })).status,
    ).to.equal(202);
  });

  it('are bounded for all callers of a tenant together', async () => {
    expect(await jobs.changes(jobs.key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    expect(await jobs.changes(jobs.other.as, PER_TENANT - PER_CALLER)).to.deep.equal(
      times(PER_TENANT - PER_CALLER, 202),
    );
    const { status, body } = await jobs.change(await user('acme'));
    expect([status, body.code]).to.deep.equal([429, 'too_many_pending_jobs']);
    expect(body.detail).to.contain(String(PER_TENANT));
    expect(
      (await call('GET', jobs.path, { as: await apiKey('globex'), headers: respondAsync })).status,
    ).to.equal(202);
  });

  it('are bounded in bytes', async () => {
    const big = (as: string) =>
      call('PATCH', jobs.path, {
        as,
        body: { user_metadata: { text: 'x'.repeat(6_000) } },
        headers: respondAsync,
      });
    expect([(await big(jobs.key)).status, (await big(jobs.key)).status]).to.deep.equal([202, 202]);
    const before = await stored();
    const { status, body } = await big(jobs.other.as);
    expect([status, body.code]).to.deep.equal([429, 'too_many_pending_jobs']);
    expect(body.detail).to.contain(String(BYTES));
    expect(await stored()).to.deep.equal(before);
    // A small one still fits.
    expect((await jobs.change(jobs.key)).status).to.equal(202);
  });

  it('count once, however often a request with an idempotency key is repeated', async () => {
    const headers = { ...respondAsync, 'idempotency-key': randomUUID() };
    const body = { email: `${randomUUID()}@acme.example` };
    const create = () => call('POST', '/v1/users', { as: jobs.key, body, headers });
    const first = await create();
    expect(await jobs.changes(jobs.key, PER_CALLER - 1)).to.deep.equal(times(PER_CALLER - 1, 202));
    const again = await create();
    expect([again.status, again.headers.get('location')]).to.deep.equal([202, first.headers.get('location')]);
    expect((await jobs.change(jobs.key)).status).to.equal(429);
    await jobs.work();
    await jobs.worker!.stop();
    jobs.worker = undefined;
    // All of them have ended: there is place for as many.
    expect(await jobs.changes(jobs.key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
  });

  it('are joined by those who ask for the same', async () => {
    const read = (as: string) => call('GET', jobs.path, { as, headers: respondAsync });
    expect((await read(jobs.key)).status).to.equal(202);
    expect(await jobs.changes(jobs.key, PER_CALLER - 1)).to.deep.equal(times(PER_CALLER - 1, 202));
    // One more of the same look-up is no further job.
    expect([(await read(jobs.key)).status, (await read(jobs.other.as)).status]).to.deep.equal([202, 202]);
    expect(await jobs.redis.zcard(`${keys.relayPrefix}fair:pending:tenant/acme`)).to.equal(PER_CALLER);
  });

  it('end when a reader hangs up', async () => {
    expect(await jobs.changes(jobs.key, PER_CALLER - 1)).to.deep.equal(times(PER_CALLER - 1, 202));
    const hangUp = new AbortController();
    const read = fetch(`${jobs.deployment.api}/v1/users?limit=7`, {
      headers: { authorization: jobs.key },
      signal: hangUp.signal,
    }).catch(() => undefined);
    const pending = () => jobs.redis.zcard(`${keys.relayPrefix}fair:pending:tenant/acme`);
    await until(async () => (await pending()) === PER_CALLER);
    hangUp.abort();
    await read;
    await until(async () => (await pending()) === PER_CALLER - 1);
    expect((await jobs.change(jobs.key)).status).to.equal(202);
  });

  it('never keep back what nobody asked for', async () => {
    const gone = await (async () => {
      await jobs.work();
      return newApiKey('acme', { scopes: ['read:users'] });
    })();
    await jobs.worker!.stop();
    jobs.worker = undefined;
    expect(await jobs.changes(jobs.key, PER_CALLER)).to.deep.equal(times(PER_CALLER, 202));
    expect(await jobs.changes(jobs.other.as, PER_TENANT - PER_CALLER)).to.deep.equal(
      times(PER_TENANT - PER_CALLER, 202),
    );
    expect((await call('DELETE', gone.path, { as: await user('acme') })).status).to.equal(204);
    expect(await jobs.redis.zcard(`${keys.relayPrefix}fair:pending:internal`)).to.equal(1);
  });
});
