/** What imports leave in Redis: nothing when their tenant has gone, and a bounded number of records while it is there. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from '../../support/api-keys.ts';
import { operator } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { accepted, ended, rowsOf, upload } from '../../support/imports.ts';
import { aTenant } from '../../support/tenants.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { openRedis } from '../../imports/left-behind.ts';
import { slowUpload } from '../../imports/slow-upload.ts';

const rows = (count: number) =>
  Array.from({ length: count }, () => ({ email: `${randomUUID()}@removed.example` }));

/** Ids of events that are on their way to the audit log: they go with time, and an event may have its import's id. */
const EVENT_IDS = 'trivium:{events}:handed-over';

/** Every key whose name or value holds one of these texts. */
async function keysWith(texts: readonly string[]): Promise<string[]> {
  const redis = await openRedis();
  const found: string[] = [];
  try {
    for await (const names of redis.scanStream({ count: 1_000 }))
      for (const name of names as string[]) {
        if (name === EVENT_IDS) continue;
        const held = await contentOf(redis, name);
        if (texts.some((text) => name.includes(text) || held.includes(text))) found.push(name);
      }
  } finally {
    redis.disconnect();
  }
  return found;
}

async function contentOf(redis: Awaited<ReturnType<typeof openRedis>>, name: string): Promise<string> {
  switch (await redis.type(name)) {
    case 'string':
      return (await redis.getBuffer(name))?.toString('latin1') ?? '';
    case 'set':
      return (await redis.smembers(name)).join(' ');
    case 'zset':
      return (await redis.zrange(name, 0, '-1')).join(' ');
    case 'hash':
      return JSON.stringify(await redis.hgetall(name));
    case 'list':
      return (await redis.lrange(name, 0, -1)).join(' ');
    default:
      return '';
  }
}

/** Until it has gone, however long its users take. */
async function remove(id: string, users: 'delete' | 'keep'): Promise<void> {
  const as = await operator();
  const path = `/v1/tenants/${id}`;
  const { body } = await call('DELETE', `${path}?users=${users}&dry_run=true`, { as });
  const query = `users=${users}&confirm=${body.confirmation}`;
  expect((await call('DELETE', `${path}?${query}`, { as })).status).to.be.oneOf([202, 204]);
  await until(async () => (await call('GET', path, { as })).status === 404);
}

describe('what imports leave', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  for (const users of ['delete', 'keep'] as const)
    it(`goes with their tenant (users=${users}): ended, paused, under way and half uploaded`, async function () {
      this.timeout(WORLD_MS);
      const { id: tenantId, key: as } = await aTenant();
      const paths: string[] = [];
      paths.push(await accepted([...rows(2), { email: 'none' }], { as }));
      await ended(paths[0]!, as);
      paths.push(await accepted([{ email: 'none' }], { as }));
      paths.push(await accepted(rows(3_000), { as, query: '?channel=row_by_row' }));
      await call('POST', `${paths[2]}/pause`, { as });
      paths.push(await accepted(rows(3_000), { as, query: '?channel=import_jobs' }));
      const half = await slowUpload(as);
      half.expectCut();
      for (let part = 0; part < 20; part += 1)
        await half.write(
          rows(200)
            .map((row) => `${JSON.stringify(row)}\n`)
            .join(''),
        );
      const ids = paths.map((path) => path.split('/').at(-1)!);
      const redis = await openRedis();
      let uploading: string[] = [];
      await until(async () => {
        const open = await redis.zrange(`trivium:{imports-of:${tenantId}}:open`, 0, '-1');
        uploading = open.filter((one) => !ids.includes(one));
        return uploading.length === 1 && (await redis.exists(`trivium:{import:${uploading[0]}}:rows`)) === 1;
      });
      await remove(tenantId, users);
      half.end();
      expect((await half.answer()).status).to.be.within(400, 503);
      // Events hold ids and stay (streams); whatever else names an import is gone. Queued jobs end by themselves.
      await until(
        async () => (await keysWith([...ids, ...uploading, `{imports-of:${tenantId}}`])).length === 0,
      );
      redis.disconnect();
    });

  it('is bounded by number: the oldest that have ended go, those under way stay', async function () {
    this.timeout(WORLD_MS);
    const { startApi } = await world();
    const at = (await startApi('api-few-records', { IMPORT_RECORDS_PER_TENANT: '3' })).url;
    const { key: as } = await aTenant();
    const first = await accepted(rows(1_500), { as, at });
    await call('POST', `${first}/pause`, { as });
    const paths: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      paths.push(await accepted([{ email: 'none' }], { as, at }));
      await ended(paths.at(-1)!, as);
    }
    const listed = async () =>
      ((await call('GET', '/v1/user-imports', { as })).body.imports as { id: string }[]).map(
        ({ id }) => `/v1/user-imports/${id}`,
      );
    expect(await listed()).to.include.members([first, ...paths.slice(-2)]);
    expect((await listed()).length).to.be.at.most(4);
    expect((await call('GET', paths[0]!, { as })).status).to.equal(404);
    expect(await keysWith([paths[0]!.split('/').at(-1)!])).to.deep.equal([]);
    expect((await rowsOf(paths.at(-1)!, '', as)).length).to.equal(1);
    await call('POST', `${first}/cancel`, { as });
  });

  it('is nothing without an expiry, of an upload that was refused', async () => {
    const { id, key: as } = await aTenant();
    for (const body of ['', '\n\n', 'email\n', '[']) {
      expect((await upload(body, { as, type: body === '[' ? 'json' : 'ndjson' })).status).to.be.within(
        202,
        499,
      );
    }
    expect((await upload('[', { as, type: 'json', query: '?dry_run=true' })).status).to.equal(400);
    const redis = await openRedis();
    expect(await redis.zcard(`trivium:{imports-of:${id}}:open`)).to.equal(0);
    redis.disconnect();
  });
});
