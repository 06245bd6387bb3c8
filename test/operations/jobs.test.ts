import { expect } from 'chai';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { apiKey, demoUser } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('jobs and Prefer (RFC 7240)', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('answers 202 with a job when asked to respond asynchronously, and shows the answer later', async () => {
    const as = await apiKey('acme');
    const { user_id } = await demoUser('acme', 'admin');
    const path = `/v1/users/${encodeURIComponent(user_id)}`;
    const subscriber = connectForWaiting((await world()).redis);
    await subscriber.subscribe(keys.relayEnded);
    const accepted = await call('GET', path, { as, headers: { prefer: 'respond-async' } });
    expect(accepted.status).to.equal(202);
    expect(accepted.headers.get('preference-applied')).to.equal('respond-async');
    expect(accepted.headers.get('vary')).to.include('Prefer');
    expect(accepted.headers.get('location')).to.equal(`/v1/jobs/${accepted.body.id}`);
    expect(accepted.body.operation).to.equal('getUser');
    const job = await untilEnded(subscriber, accepted.headers.get('location')!, as);
    subscriber.disconnect();
    expect(job.status).to.equal('succeeded');
    const direct = await call('GET', path, { as });
    expect(job.answer).to.deep.equal({ status: 200, body: direct.body });
  });

  it('shows the problem of a failed job', async () => {
    const as = await apiKey('acme');
    const subscriber = connectForWaiting((await world()).redis);
    await subscriber.subscribe(keys.relayEnded);
    const accepted = await call('GET', '/v1/users/auth0%7Cnobody', {
      as,
      headers: { prefer: 'respond-async' },
    });
    const job = await untilEnded(subscriber, accepted.headers.get('location')!, as);
    subscriber.disconnect();
    expect(job.status).to.equal('failed');
    expect(job.problem).to.include({ code: 'not_found', status: 404 });
  });

  it('waits as long as it is asked to, and says so', async () => {
    const answer = await call('GET', '/v1/users?limit=1', {
      as: await apiKey('acme'),
      headers: { prefer: 'wait=20' },
    });
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('preference-applied')).to.equal('wait=20');
  });

  it('ignores preferences that it does not know', async () => {
    const answer = await call('GET', '/v1/users?limit=1', {
      as: await apiKey('acme'),
      headers: { prefer: 'return=minimal, x' },
    });
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('preference-applied')).to.equal(null);
  });

  it('answers 404 for an unknown job', async () => {
    const as = await apiKey('acme');
    expect((await call('GET', `/v1/jobs/${randomUUID()}`, { as })).status).to.equal(404);
    expect((await call('GET', '/v1/jobs/1', { as })).status).to.equal(404);
  });
});

/** Looks again each time that some job ends, and before the first. */
async function untilEnded(subscriber: ReturnType<typeof connectForWaiting>, path: string, as: string) {
  for (;;) {
    const next = once(subscriber, 'message');
    const { body } = await call('GET', path, { as });
    if (!['queued', 'running'].includes(body.status)) return body;
    await next;
  }
}
