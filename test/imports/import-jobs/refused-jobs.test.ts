/** Import jobs that the authority does not take: rows that can go another way do, the others end with a code. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Effect } from '../../../src/stand-in/control/control-client.ts';
import { management } from '../../support/authority.ts';
import { until } from '../../support/api-keys.ts';
import { apiKey } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { aTenant } from '../../support/tenants.ts';
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

const PATH = '/api/v2/jobs/users-imports';
const REFUSAL: Effect = { kind: 'answer', status: 400, body: { statusCode: 400, error: 'Bad Request' } };

describe('an import job that the authority refuses', () => {
  let as: string;
  let prefix: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    as = await apiKey('acme');
    await whenNoneIsUnderWay();
  });
  beforeEach(() => (prefix = `refused-${randomUUID().slice(0, 8)}`));
  afterEach(async () => (await world()).control.clearFaults());

  /** How often each fault has happened. */
  const hits = async () => (await (await world()).control.faults()).map((fault) => fault.hits);
  const fail = async (effect: Effect, times?: number) =>
    (await world()).control.addFault({ method: 'POST', path: PATH, effect, ...(times && { times }) });
  const rows = () => [
    { email: `${prefix}-plain@import.example` },
    { email: `${prefix}-hash@import.example`, password_hash: HASH },
    { email: `${prefix}-word@import.example`, password: 'Correct-Horse-1' },
  ];
  /** Of each row its status, or the code of what is wrong. */
  async function endsOf(path: string, who = as): Promise<string[]> {
    await whenCompleted(path, who);
    const told = await toldRows(path, who);
    expect(await idsAtAuthority(prefix)).to.deep.equal(idsOf(told));
    return told.map(({ status, error }) => error?.code ?? status);
  }

  it('has its rows go one by one; a password hash cannot, and says so', async () => {
    await fail(REFUSAL);
    const path = await sendImport(rows(), BY_JOBS, as);
    expect(await endsOf(path)).to.deep.equal(['created', 'import_job_refused', 'created']);
    expect(await hits()).to.deep.equal([1]);
  });

  it('after one whose answer was lost: its rows are looked up, and it is not asked for again and again', async () => {
    await fail({ kind: 'drop', when: 'after' }, 1);
    await fail(REFUSAL);
    expect(await endsOf(await sendImport(rows(), BY_JOBS, as))).to.deep.equal([
      'created',
      'created',
      'created',
    ]);
    // Nobody knows what may still come of this one.
    const { control } = await world();
    await control.clearFaults();
    await fail({ kind: 'drop', when: 'before' }, 1);
    await fail(REFUSAL);
    prefix += '-b';
    expect(await endsOf(await sendImport(rows(), BY_JOBS, as))).to.deep.equal([
      'created',
      'outcome_unknown',
      'created',
    ]);
    expect(await hits()).to.deep.equal([1, 1]);
  });

  it('because its connection is gone waits, and finds the one that took its place: no row is lost', async () => {
    const sdk = await management();
    const { control } = await world();
    const tenant = await aTenant();
    const name = `${tenant.id}-users`;
    const all = ['created', 'created', 'created'];
    expect(await endsOf(await sendImport(rows(), BY_JOBS, tenant.key), tenant.key)).to.deep.equal(all);
    const [connection] = (await sdk.connections.list({ name })).data;
    await sdk.connections.delete(connection!.id!);
    prefix += '-gone';
    const refused = async () => (await control.calls())[`POST ${PATH}`]?.['400'] ?? 0;
    const before = await refused();
    const path = await sendImport(rows(), BY_JOBS, tenant.key);
    await until(async () => (await refused()) > before);
    expect((await call('GET', path, { as: tenant.key })).body)
      .to.include({ status: 'running' })
      .and.have.property('counts')
      .that.includes({ failed: 0, created: 0 });
    await sdk.connections.create({ name, strategy: 'auth0' });
    expect(await endsOf(path, tenant.key)).to.deep.equal(all);
  });
});
