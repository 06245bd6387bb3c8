/** How many imports a tenant may have under way. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from '../support/api-keys.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, upload } from '../support/imports.ts';
import { aTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const rows = (count: number) =>
  Array.from({ length: count }, () => ({ email: `${randomUUID()}@at-once.example` }));

describe('imports of a tenant at once', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    // So slow that no import ends while others are sent.
    await slow(300);
  });
  after(() => slow(0));
  const slow = async (latencyMs: number) => (await world()).control.change({ latencyMs });

  it('are as many as its settings say, and one more gets 429 and when to come again', async () => {
    const tenant = await aTenant({ max_limits: { imports: 2 } });
    const as = tenant.key;
    const paused: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const path = await accepted(rows(1_500), { as });
      expect((await call('POST', `${path}/pause`, { as })).body.status).to.equal('paused');
      paused.push(path);
    }
    const refusal = await upload(rows(1), { as });
    expect([refusal.status, refusal.body.code]).to.deep.equal([429, 'too_many_imports']);
    expect(refusal.body.detail).to.equal('At most 2 at once.');
    expect(Number(refusal.headers.get('retry-after'))).to.be.within(1, 60);
    // A dry run is read as any other upload. Other tenants have places of their own.
    expect((await upload(rows(1), { as, query: '?dry_run=true' })).status).to.equal(429);
    expect((await upload(rows(1))).status).to.equal(202);
    // A repeat of one that is there is no other one.
    await call('POST', `${paused[0]}/cancel`, { as });
    const key = { headers: { 'idempotency-key': randomUUID() } };
    const body = rows(1_500);
    const third = await accepted(body, { as, ...key });
    await call('POST', `${third}/pause`, { as });
    expect((await upload(rows(1), { as })).status).to.equal(429);
    expect((await upload(body, { as, ...key })).headers.get('location')).to.equal(third);
    // The operator's word counts from the next request on.
    const { headers } = await call('GET', tenant.path, { as: await operator() });
    const changed = await call('PATCH', tenant.path, {
      as: await operator(),
      body: { max_limits: { imports: 3 } },
      headers: { 'if-match': headers.get('etag')! },
    });
    expect(changed.status).to.equal(200);
    let fourth: string | undefined;
    await until(async () => {
      const answer = await upload(rows(1), { as });
      fourth = answer.headers.get('location') ?? undefined;
      return answer.status === 202;
    });
    for (const path of [paused[1]!, third, fourth!]) await call('POST', `${path}/cancel`, { as });
  });

  it('are never more than that, however many come at the same moment', async () => {
    const { key: as } = await aTenant({ max_limits: { imports: 3 } });
    // Large enough that none has ended when the last one asks.
    const body = rows(1_900);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => upload(body, { as, api: n % 2 === 0 ? 0 : 1 })),
    );
    const made = answers.filter(({ status }) => status === 202);
    expect(made).to.have.length(3);
    for (const { status, body: problem } of answers)
      if (status !== 202) expect([status, problem.code]).to.deep.equal([429, 'too_many_imports']);
    for (const { headers } of made) await call('POST', `${headers.get('location')}/cancel`, { as });
  });
});
