/** Uploads that are open: so many of a tenant, dry runs too, and so many at a process; whoever hangs up gives its place back. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from '../support/api-keys.ts';
import { call } from '../support/client.ts';
import { accepted, types, upload } from '../support/imports.ts';
import { aTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { openRedis } from './left-behind.ts';
import { slowUpload, type SlowUpload } from './slow-upload.ts';

const line = () => `${JSON.stringify({ email: `${randomUUID()}@open.example` })}\n`;

describe('open uploads', () => {
  let at: string;
  before(async function () {
    this.timeout(WORLD_MS);
    at = (await (await world()).startApi('api-few-uploads', { UPLOADS_PER_PROCESS: '3' })).url;
  });

  /** Until it has its place. */
  async function open(as: string, query: string, where?: string): Promise<SlowUpload> {
    const one = await slowUpload(as, {}, where, query);
    one.expectCut();
    await one.write(line());
    return one;
  }

  async function openOf(tenantId: string): Promise<number> {
    const redis = await openRedis();
    try {
      return await redis.zcard(`trivium:{imports-of:${tenantId}}:open`);
    } finally {
      redis.disconnect();
    }
  }

  it('count against the limit of their tenant, dry runs and CSV too', async () => {
    const { id, key: as } = await aTenant({ max_limits: { imports: 2 } });
    const opened = [
      await open(as, '?dry_run=true'),
      await slowUpload(as, { 'content-type': types.csv }, undefined, '?dry_run=true'),
    ];
    await opened[1]!.write('email\na@x.example\n');
    await until(async () => (await openOf(id)) === 2);
    for (const query of ['?dry_run=true', '']) {
      const refused = await upload(line(), { as, query });
      expect([refused.status, refused.body.code]).to.deep.equal([429, 'too_many_imports']);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    }
    // The places of others are theirs.
    expect((await upload(line(), { query: '?dry_run=true' })).status).to.equal(200);
    opened[0]!.cut();
    opened[1]!.end();
    expect((await opened[1]!.answer()).status).to.equal(200);
    await until(async () => (await openOf(id)) === 0);
    expect((await upload(line(), { as, query: '?dry_run=true' })).status).to.equal(200);
  });

  it('count as repeats of an import, too, which may be the last one that is allowed', async () => {
    const { id, key: as } = await aTenant({ max_limits: { imports: 1 } });
    const body = Array.from({ length: 1_500 }, () => line()).join('');
    const key = { 'idempotency-key': randomUUID() };
    const { control } = await world();
    // So slow that it does not end before it is paused.
    await control.change({ latencyMs: 300 });
    const path = await accepted(body, { as, headers: key });
    await call('POST', `${path}/pause`, { as });
    await control.change({ latencyMs: 0 });
    expect((await upload(body, { as, headers: key })).headers.get('location')).to.equal(path);
    const repeating = await slowUpload(as, key);
    repeating.expectCut();
    await repeating.write(line());
    await until(async () => (await openOf(id)) === 2);
    expect((await upload(body, { as, headers: key })).status).to.equal(429);
    repeating.cut();
    await until(async () => (await openOf(id)) === 1);
    await call('POST', `${path}/cancel`, { as });
  });

  it('have places of their process, of which a tenant has half at most', async () => {
    // Nothing else of theirs is under way.
    const [many, another, other] = [(await aTenant()).key, (await aTenant()).key, (await aTenant()).key];
    const opened = [await open(many, '?dry_run=true', at), await open(many, '', at)];
    await until(async () => (await upload(line(), { as: many, at, query: '?dry_run=true' })).status === 429);
    // The third place is for others.
    expect((await upload(line(), { as: another, at, query: '?dry_run=true' })).status).to.equal(200);
    opened.push(await open(another, '?dry_run=true', at));
    let refused!: Awaited<ReturnType<typeof upload>>;
    await until(async () => {
      refused = await upload(line(), { as: other, at });
      return refused.status === 503;
    });
    expect(refused.body.code).to.equal('overloaded');
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    // Other calls are none of it.
    expect((await call('GET', '/v1/user-imports', { as: other, at })).body.imports).to.deep.equal([]);
    for (const one of opened) one.cut();
    await until(async () => (await upload(line(), { as: other, at })).status === 202);
  });
});
