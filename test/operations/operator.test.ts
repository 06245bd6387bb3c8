import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { operatorsOnly } from '../boundary/requests.ts';
import { until } from '../support/api-keys.ts';
import { apiKey, app, basic, operator, tenantToken, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aDeadLetter } from '../support/dead-letters.ts';
import { world, WORLD_MS } from '../support/world.ts';

const pathOf = (path: string) => path.replace('{job_id}', randomUUID()).replace('{tenant_id}', 'acme');

describe('the operator', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('sees how much of the budget is left', async () => {
    await call('GET', '/v1/users?limit=1', { as: await apiKey('acme') });
    const { status, body } = await call('GET', '/v1/budget', { as: await operator() });
    expect(status).to.equal(200);
    expect(body.buckets).to.have.length(1);
    expect(body.buckets[0]).to.include({ name: 'all', burst: 100, per_second: 500 });
  });

  it('finds the same in the metrics', async () => {
    const { body } = await call('GET', '/metrics');
    expect(body).to.match(/^trivium_budget_per_second\{bucket="all"\} 500$/m);
    expect(body).to.match(/^trivium_budget_available\{bucket="all"\} \d+$/m);
    expect(body).to.match(/^trivium_dead_letters \d+$/m);
    expect(body).to.match(/^trivium_queue_waiting\{queue="relay"\} \d+$/m);
  });

  it('finds a job that failed by a fault of ours, with its reason, and replays it', async () => {
    const { id, jobPath, email } = await aDeadLetter();
    const as = await operator();
    const list = await call('GET', '/v1/dead-letters?limit=1', { as });
    expect(list.body.dead_letters[0]).to.include({
      job_id: id,
      operation: 'createUser',
      tenant_id: 'acme',
      reason: 'authority_refused_us',
      code: 'upstream_refused',
    });
    expect(JSON.stringify(list.body)).not.to.include(email);
    const replayed = await call('POST', `/v1/dead-letters/${id}/replay`, { as });
    expect([replayed.status, replayed.body.status]).to.deep.equal([202, 'queued']);
    const key = await apiKey('acme');
    await until(async () => (await call('GET', jobPath, { as: key })).body.status === 'succeeded');
    expect((await call('GET', `/v1/users?email=${email}`, { as: key })).body.users).to.have.length(1);
    expect((await call('POST', `/v1/dead-letters/${id}/replay`, { as })).status).to.equal(404);
  });

  it('reads dead letters page by page', async () => {
    const made = [await aDeadLetter(), await aDeadLetter(), await aDeadLetter()].map(({ id }) => id);
    const as = await operator();
    const seen: string[] = [];
    let path: string | undefined = '/v1/dead-letters?limit=2';
    while (path) {
      const { body } = await call('GET', path, { as });
      seen.push(...body.dead_letters.map(({ job_id }: { job_id: string }) => job_id));
      path = body.next_cursor && `/v1/dead-letters?limit=2&cursor=${body.next_cursor}`;
    }
    expect(seen.slice(0, 3)).to.deep.equal(made.reverse());
    expect(new Set(seen).size).to.equal(seen.length);
  });

  it('discards a dead letter', async () => {
    const { id } = await aDeadLetter();
    const as = await operator();
    expect((await call('DELETE', `/v1/dead-letters/${id}`, { as })).status).to.equal(204);
    expect((await call('DELETE', `/v1/dead-letters/${id}`, { as })).status).to.equal(404);
    const { body } = await call('GET', '/v1/dead-letters', { as });
    expect(body.dead_letters.map(({ job_id }: { job_id: string }) => job_id)).not.to.include(id);
  });

  it('is not somebody of a tenant, and nobody of a tenant is the operator', async () => {
    const own = await operator();
    for (const path of ['/v1/me', '/v1/users', '/v1/tenant'])
      expect((await call('GET', path, { as: own })).body.code).to.equal('caller_not_allowed');
    for (const { id, method, path } of operatorsOnly) {
      for (const as of [user('acme'), apiKey('acme'), tenantToken('acme'), app('acme')]) {
        const answer = await call(method.toUpperCase(), pathOf(path), {
          as: await as,
        });
        expect([id, answer.status, answer.body.code]).to.deep.equal([id, 403, 'caller_not_allowed']);
      }
    }
  });

  it('does not come in by its secret alone', async () => {
    const { operator: client } = await world();
    const as = basic(client.client_id, client.client_secret);
    const { status, body } = await call('GET', '/v1/budget', { as });
    expect([status, body.code]).to.deep.equal([401, 'invalid_api_key']);
  });
});
