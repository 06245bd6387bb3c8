/** Imports through the authority's import jobs, as a tenant sees them and as the authority counts them. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { management } from '../../support/authority.ts';
import { apiKey } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const run = randomUUID().slice(0, 8);
const HASH = '$2b$10$CwTycUXWue0Thq9StjUM0uJ8kWg1sQ1e8v9nJ3bZ5QJqE7Q1m9F6a';

interface Row {
  row: number;
  status: string;
  user_id?: string;
  error?: { code: string };
}

async function imported(rows: object[], query: string, as: string) {
  const created = await call('POST', `/v1/user-imports${query}`, {
    as,
    body: rows.map((row) => JSON.stringify(row)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  expect(created.status, JSON.stringify(created.body)).to.equal(202);
  const path = created.headers.get('location')!;
  for (;;) {
    const { body } = await call('GET', path, { as });
    if (body.status === 'completed') return body;
    await delay(50);
  }
}

async function allRows(id: string, as: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let path: string | undefined = `/v1/user-imports/${id}/rows?limit=300`; path;) {
    const page = await call('GET', path, { as });
    rows.push(...(page.body.rows as Row[]));
    path = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
  }
  return rows;
}

describe('import jobs', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('create the users of rows without a password, and nothing is called for each of them', async function () {
    this.timeout(60_000);
    const as = await apiKey('acme');
    const { control } = await world();
    await control.forgetCalls();
    const rows = Array.from({ length: 2_000 }, (_, i) => ({
      email: `job${i}-${run}@import.example`,
      name: 'Job',
    }));
    const state = await imported(rows, '?channel=import_jobs', as);
    expect(state.channel).to.equal('import_jobs');
    expect(state.counts).to.deep.equal({ pending: 0, created: 2_000, failed: 0, skipped: 0, unknown: 0 });
    const calls = await control.calls();
    console.log(calls);
    const told = await allRows(state.id, as);
    const { data } = await (await management()).users.list({ q: `email:job7-${run}@import.example` });
    expect(data.map(({ user_id }) => user_id)).to.deep.equal([told[7]!.user_id]);
    expect(data[0]!.app_metadata).to.deep.equal({ tenant_id: 'acme', roles: ['member'] });
  });

  it('take hashes, leave passwords to calls of their own, and tell what was there already', async function () {
    this.timeout(60_000);
    const as = await apiKey('acme');
    const first = await imported([{ email: `here-${run}@import.example` }], '', as);
    expect(first.channel).to.equal('row_by_row');
    const state = await imported(
      [
        { email: `hash-${run}@import.example`, password_hash: HASH },
        { email: `word-${run}@import.example`, password: 'Correct-Horse-1' },
        { email: `here-${run}@import.example` },
        { email: `none-${run}@import.example` },
      ],
      '',
      as,
    );
    expect(state.channel).to.equal('import_jobs');
    const told = await allRows(state.id, as);
    expect(told.map(({ status }) => status)).to.deep.equal(['created', 'created', 'skipped', 'created']);
  });
});
