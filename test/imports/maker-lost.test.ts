/** An import ends with what its maker may do: rows that were not begun are not created (invariant 3), on either channel. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { aUserOf } from '../http/a-user-of.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { auditEvents } from '../support/audit.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { BY_JOBS, sendImport, whenWorkersRest } from '../support/user-imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

const SCOPES = ['create:user_imports', 'read:user_imports', 'read:tenant'];
const rowsOf = (count: number, roles: string[]) =>
  Array.from({ length: count }, () => ({ email: `${randomUUID()}@maker.example`, roles }));

describe('an import whose maker', () => {
  let key: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    key = await apiKey('acme');
  });

  const control = (path: string, action: string) => call('POST', `${path}/${action}`, { as: key });
  const statusOf = async (path: string) => (await call('GET', path, { as: key })).body.status as string;
  const createdBy = async (path: string) =>
    (await call('GET', path, { as: key })).body.counts.created as number;
  /** Paused, so that what happens to its maker comes before its rows. */
  async function paused(as: string, query = '', roles = ['member']): Promise<string> {
    const { control: authority } = await world();
    // None of its rows is done before it is paused.
    for (const place of ['/api/v2/users', '/api/v2/jobs/users-imports'])
      await authority.addFault({ method: 'POST', path: place, effect: { kind: 'answer', status: 503 } });
    const path = await sendImport(rowsOf(2_000, roles), query, as);
    expect((await control(path, 'pause')).body.status).to.equal('paused');
    await whenWorkersRest();
    await authority.clearFaults();
    return path;
  }
  async function endsWithoutItsRows(path: string): Promise<void> {
    const before = await createdBy(path);
    expect((await control(path, 'resume')).status).to.equal(200);
    await until(async () => (await statusOf(path)) === 'cancelled');
    expect(await createdBy(path)).to.equal(before);
    const told = async () => (await auditEvents({ target: path.split('/').at(-1)! })).map(({ type }) => type);
    await until(async () => (await told()).includes('user_import.cancelled'));
  }

  for (const [channel, query] of [
    ['row by row', '?channel=row_by_row'],
    ['by import jobs', BY_JOBS],
  ] as const) {
    it(`was demoted creates no more users (${channel})`, async () => {
      const maker = await aUserOf('acme', ['admin']);
      const path = await paused(maker.as, query, ['admin']);
      await call('PUT', `${maker.path}/roles`, { as: key, body: { roles: ['member'] } });
      await endsWithoutItsRows(path);
    });
  }

  it('was blocked or deleted creates no more users', async () => {
    const [blocked, deleted] = [await aUserOf('acme', ['admin']), await aUserOf('acme', ['admin'])];
    const paths = [await paused(blocked.as), await paused(deleted.as)];
    await call('PATCH', blocked.path, { as: key, body: { blocked: true } });
    await call('DELETE', deleted.path, { as: key });
    for (const path of paths) await endsWithoutItsRows(path);
  });

  it('is a key that was deleted, or replaced at once, creates no more users; one that is replaced with overlap goes on', async () => {
    const [gone, leaked, old] = [
      await newApiKey('acme', { scopes: SCOPES }),
      await newApiKey('acme', { scopes: SCOPES }),
      await newApiKey('acme', { scopes: SCOPES }),
    ];
    const paths = [await paused(gone.as), await paused(leaked.as)];
    const goesOn = await paused(old.as);
    await call('DELETE', gone.path, { as: key });
    await call('POST', `${leaked.path}/rotate`, { as: key, body: { overlap_seconds: 0 } });
    await call('POST', `${old.path}/rotate`, { as: key, body: {} });
    for (const path of paths) await endsWithoutItsRows(path);
    const created = await createdBy(goesOn);
    await control(goesOn, 'resume');
    await until(async () => (await createdBy(goesOn)) > created);
    await control(goesOn, 'cancel');
  });

  it('is a key that lost a scope, whichever, creates no more users; one that got another goes on', async () => {
    const [narrowed, grown] = [
      await newApiKey('acme', { scopes: [...SCOPES, 'read:usage'] }),
      await newApiKey('acme', { scopes: SCOPES }),
    ];
    const [path, goesOn] = [await paused(narrowed.as), await paused(grown.as)];
    const change = async (at: string, scopes: string[]) =>
      expect((await call('PATCH', at, { as: key, body: { scopes } })).status).to.equal(200);
    await change(narrowed.path, SCOPES);
    await change(grown.path, [...SCOPES, 'read:usage']);
    await endsWithoutItsRows(path);
    const created = await createdBy(goesOn);
    await control(goesOn, 'resume');
    await until(async () => (await createdBy(goesOn)) > created);
    await control(goesOn, 'cancel');
  });
});
