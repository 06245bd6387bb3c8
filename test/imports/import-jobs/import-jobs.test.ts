/** Imports through the authority's import jobs, as a tenant sees them and as the authority counts them. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from '../../support/api-keys.ts';
import { management } from '../../support/authority.ts';
import { apiKey } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import {
  BY_JOBS,
  HASH,
  idsAtAuthority,
  idsOf,
  sendImport,
  toldRows,
  whenCompleted,
  whenNoneIsUnderWay,
} from '../../support/user-imports.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const MAKE = 'POST /api/v2/jobs/users-imports';
const JOB = '/api/v2/jobs/{id}';

const some = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => ({ email: `${prefix}-${i}@import.example`, name: 'Some' }));
/** In two files at least: each row is a kilobyte. */
const twoFiles = (prefix: string) =>
  some(900, prefix).map((row) => ({ ...row, user_metadata: { note: 'x'.repeat(1_000) } }));

describe('import jobs', () => {
  let as: string;
  let prefix: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    as = await apiKey('acme');
    await whenNoneIsUnderWay();
  });
  beforeEach(async () => {
    prefix = `job-${randomUUID().slice(0, 8)}`;
    await (await world()).control.forgetCalls();
  });
  afterEach(async () => {
    const { control } = await world();
    await control.clearFaults();
    await control.change({ importUsersPerSecond: 2_000 });
  });

  const calls = async () => (await world()).control.calls();
  const madeJobs = async () => (await calls())[MAKE]?.['202'] ?? 0;
  const stands = async (path: string) => (await call('GET', path, { as })).body;

  it('create users in a few calls, with nobody called or written to for each of them', async () => {
    const path = await sendImport(some(1_000, prefix), BY_JOBS, as);
    const state = await whenCompleted(path, as);
    expect(state.channel).to.equal('import_jobs');
    expect(state.counts).to.deep.equal({ pending: 0, created: 1_000, failed: 0, skipped: 0, unknown: 0 });
    const made = await calls();
    expect(made[MAKE]).to.deep.equal({ '202': 2 });
    expect(made).to.not.have.any.keys('POST /api/v2/users', 'POST /api/v2/jobs/verification-email');
    expect(made['GET /api/v2/jobs/{id}']!['200']).to.be.at.most(100);
    expect(await idsAtAuthority(prefix)).to.deep.equal(idsOf(await toldRows(path, as)));
    const { data } = await (await management()).users.list({ q: `email:"${prefix}-7@import.example"` });
    expect(data[0]).to.deep.include({
      app_metadata: { tenant_id: 'acme', roles: ['member'] },
      email_verified: false,
      name: 'Some',
    });
  });

  it('take hashes, leave passwords to calls of their own, and tell what was there or was refused', async () => {
    const here = `${prefix}-here@import.example`;
    await whenCompleted(await sendImport([{ email: here }], '', as), as);
    const rows = [
      { email: `${prefix}-hash@import.example`, password_hash: HASH },
      { email: `${prefix}-word@import.example`, password: 'Correct-Horse-1' },
      { email: here },
      { email: `${prefix}-none@import.example` },
      { email: `${prefix}-bad@import.example`, picture: 'no address' },
    ];
    const path = await sendImport(rows, '', as);
    expect((await whenCompleted(path, as)).channel).to.equal('import_jobs');
    const told = await toldRows(path, as);
    expect(told.slice(0, 4).map(({ status }) => status)).to.deep.equal([
      'created',
      'created',
      'skipped',
      'created',
    ]);
    expect(told[4]!.status).to.equal('failed');
    expect((await calls())['POST /api/v2/users']).to.deep.equal({ '201': 2 });
  });

  it('row by row takes no hash, and says so', async () => {
    const rows = [{ email: `${prefix}-hash@import.example`, password_hash: HASH }];
    const path = await sendImport(rows, '?channel=row_by_row', as);
    await whenCompleted(path, as);
    expect((await toldRows(path, as))[0])
      .to.deep.include({ status: 'failed' })
      .and.have.nested.property('error.code', 'needs_import_jobs');
  });

  for (const [what, effect] of [
    ['is lost', { kind: 'answer', status: 404, body: {} }],
    ['fails, say by its time-out', { kind: 'answer', status: 200, body: { status: 'failed' } }],
  ] as const)
    it(`of a job that ${what}, rows are looked up and then finished one by one`, async () => {
      const { control } = await world();
      await control.change({ importUsersPerSecond: 0 });
      await control.addFault({ method: 'GET', path: JOB, times: 1, effect });
      const path = await sendImport(some(20, prefix), BY_JOBS, as);
      const { counts } = await whenCompleted(path, as);
      expect(counts).to.deep.equal({ pending: 0, created: 20, failed: 0, skipped: 0, unknown: 0 });
      const made = await calls();
      expect(made['GET /api/v2/users/{id}']).to.deep.equal({ '404': 20 });
      expect(made['POST /api/v2/users']).to.deep.equal({ '201': 20 });
      // It runs on after all, and changes nothing.
      await control.change({ importUsersPerSecond: 2_000 });
      expect(await idsAtAuthority(prefix)).to.deep.equal(idsOf(await toldRows(path, as)));
    });

  it('of a job that says too little, rows are looked up', async () => {
    const { control } = await world();
    const effect = { kind: 'answer', status: 200, body: { status: 'completed' } } as const;
    await control.change({ importUsersPerSecond: 2_000 });
    await control.addFault({ method: 'GET', path: JOB, skip: 1, effect });
    const path = await sendImport(some(20, prefix), BY_JOBS, as);
    const { counts } = await whenCompleted(path, as);
    expect(counts).to.deep.equal({ pending: 0, created: 20, failed: 0, skipped: 0, unknown: 0 });
    expect(await idsAtAuthority(prefix)).to.deep.equal(idsOf(await toldRows(path, as)));
  });

  it('that were asked for, and whose answer was lost, make nobody twice', async () => {
    const { control } = await world();
    const effect = { kind: 'drop', when: 'after' } as const;
    await control.addFault({ method: 'POST', path: '/api/v2/jobs/users-imports', times: 1, effect });
    const path = await sendImport(some(30, prefix), BY_JOBS, as);
    const { counts } = await whenCompleted(path, as);
    expect(counts).to.deep.equal({ pending: 0, created: 30, failed: 0, skipped: 0, unknown: 0 });
    expect((await calls())[MAKE]!['202']).to.equal(2);
    expect(await idsAtAuthority(prefix)).to.deep.equal(idsOf(await toldRows(path, as)));
  });

  it('wait while an administrator has the places, and nobody else is slowed down by it', async () => {
    const { control } = await world();
    const sdk = await management();
    await control.change({ importUsersPerSecond: 0 });
    const [connection] = (await sdk.connections.list({ name: 'acme-users' })).data;
    for (const name of ['a', 'b'])
      await sdk.jobs.usersImports.create({
        users: { data: Buffer.from(JSON.stringify([{ email: `admin-${name}-${prefix}@import.example` }])) },
        connection_id: connection!.id!,
        send_completion_email: false,
      });
    const path = await sendImport(some(20, prefix), BY_JOBS, as);
    await until(async () => ((await calls())[MAKE]?.['429'] ?? 0) > 0);
    const before = performance.now();
    await whenCompleted(await sendImport(some(5, `${prefix}x`), '?channel=row_by_row', as), as);
    expect(performance.now() - before).to.be.below(20_000);
    expect((await stands(path)).counts.pending).to.equal(20);
    await control.change({ importUsersPerSecond: 2_000 });
    const { counts } = await whenCompleted(path, as);
    expect(counts.created).to.equal(20);
    expect((await calls())[MAKE]!['429']).to.be.at.most(8);
  });

  it('are not started while an import is paused; one that runs is awaited, and its rows are told', async () => {
    const { control } = await world();
    await control.change({ importUsersPerSecond: 0 });
    const path = await sendImport([...twoFiles(prefix), ...twoFiles(`${prefix}b`)], BY_JOBS, as);
    await until(async () => (await madeJobs()) === 2);
    expect((await call('POST', `${path}/pause`, { as })).status).to.equal(200);
    await control.change({ importUsersPerSecond: 2_000 });
    await until(async () => (await stands(path)).counts.created > 500);
    await until(async () => (await idsAtAuthority(prefix)).length === (await stands(path)).counts.created);
    expect(await madeJobs()).to.equal(2);
    expect((await stands(path)).status).to.equal('paused');
    expect((await call('POST', `${path}/resume`, { as })).status).to.equal(200);
    expect((await whenCompleted(path, as)).counts.created).to.equal(1_800);
  });

  it('of a cancelled import are awaited, and no other is started', async () => {
    const { control } = await world();
    await control.change({ importUsersPerSecond: 0 });
    const path = await sendImport([...twoFiles(prefix), ...twoFiles(`${prefix}b`)], BY_JOBS, as);
    await until(async () => (await madeJobs()) === 2);
    expect((await call('POST', `${path}/cancel`, { as })).status).to.equal(200);
    await control.change({ importUsersPerSecond: 2_000 });
    await until(async () => (await stands(path)).counts.created > 500);
    await until(async () => (await idsAtAuthority(prefix)).length === (await stands(path)).counts.created);
    expect(await madeJobs()).to.equal(2);
    expect((await stands(path)).status).to.equal('cancelled');
  });
});
