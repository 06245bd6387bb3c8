import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { countLogs, management } from '../support/authority.ts';
import { apiKey, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const run = randomUUID().slice(0, 8);
const NDJSON = { 'content-type': 'application/x-ndjson' };

interface Row {
  row: number;
  status: string;
  email?: string;
  user_id?: string;
}

async function untilCompleted(created: Answer, as: string): Promise<Answer> {
  for (;;) {
    const state = await call('GET', created.headers.get('location')!, { as });
    const { pending, ...ended } = state.body.counts as Record<string, number>;
    expect(pending! + Object.values(ended).reduce((sum, count) => sum + count)).to.equal(state.body.total);
    if (state.body.status === 'completed') return state;
    await delay(50);
  }
}

async function allRows(id: string, as: string, query = ''): Promise<Row[]> {
  const rows: Row[] = [];
  for (let path: string | undefined = `/v1/user-imports/${id}/rows?limit=300${query}`; path;) {
    const page = await call('GET', path, { as });
    rows.push(...(page.body.rows as Row[]));
    path = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
  }
  return rows;
}

describe('user imports', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('create 1,000 users, each once, without one refusal by the authority', async () => {
    const as = await apiKey('acme');
    const limitedBefore = await countLogs('api_limit');
    const emails = Array.from({ length: 1_000 }, (_, i) => `row${i}-${run}@import.example`);
    const body = emails.map((email) => JSON.stringify({ email, name: 'Row' })).join('\n');
    const created = await call('POST', '/v1/user-imports', { as, body, headers: NDJSON });
    expect(created.status).to.equal(202);
    expect(created.body).to.include({ status: 'queued', total: 1_000 });
    const { body: state } = await untilCompleted(created, as);
    expect(state.counts).to.deep.equal({ pending: 0, created: 1_000, failed: 0, skipped: 0, unknown: 0 });
    expect(Date.parse(state.completed_at)).to.be.at.least(Date.parse(state.started_at));

    const rows = await allRows(created.body.id, as);
    expect(rows.map(({ row }) => row)).to.deep.equal(emails.map((_, i) => i + 1));
    expect(rows.map(({ email }) => email)).to.deep.equal(emails);
    expect(rows.every(({ status }) => status === 'created')).to.equal(true);

    // What counts is what the authority holds.
    const sdk = await management();
    const held = new Map<string, unknown>();
    for (let page = 0; page < 10; page += 1) {
      const found = await sdk.users.list({
        q: `email:row*-${run}@import.example`,
        per_page: 100,
        page,
        sort: 'created_at:1',
      });
      for (const one of found.data) held.set(one.user_id!, one.app_metadata?.['tenant_id']);
    }
    expect([...held.keys()].sort()).to.deep.equal(rows.map(({ user_id }) => user_id!).sort());
    expect(new Set(held.values())).to.deep.equal(new Set(['acme']));
    expect(await countLogs('api_limit')).to.equal(limitedBefore);
  });

  it('say of each row what became of it, and let no bad row stop the rest', async () => {
    const as = await user('acme');
    const taken = `taken-${run}@import.example`;
    expect((await call('POST', '/v1/users', { as, body: { email: taken } })).status).to.equal(201);
    const body = [
      { email: `good-${run}@import.example`, password: 'A good passw0rd!', roles: ['admin'] },
      { email: 'no email' },
      { email: taken },
      { email: `weak-${run}@import.example`, password: 'password' },
      'no object',
      { email: `good-${run}@import.example` },
    ];
    const created = await call('POST', '/v1/user-imports', { as, body });
    const { body: state } = await untilCompleted(created, as);
    expect(state.counts).to.deep.equal({ pending: 0, created: 1, failed: 4, skipped: 1, unknown: 0 });
    const rows = (await allRows(created.body.id, as)) as (Row & {
      error?: { code: string; pointer?: string };
    })[];
    expect(
      rows.map(({ row, status, error }) => [row, status, error?.code, error?.pointer]),
    ).to.deep.include.members([
      [2, 'failed', 'invalid_body', '/email'],
      [3, 'skipped', undefined, undefined],
      [4, 'failed', 'weak_password', '/password'],
      [5, 'failed', 'invalid_body', ''],
    ]);
    expect(rows[0]).to.include({ row: 1, status: 'created' });
    expect(rows[5]).to.deep.equal({
      row: 6,
      status: 'failed',
      email: `good-${run}@import.example`,
      error: { code: 'duplicate_row', message: 'Row 1 has this email.', pointer: '/email' },
    });
    const failed = await allRows(created.body.id, as, '&status=failed');
    expect(failed.map(({ row }) => row)).to.deep.equal([2, 4, 5, 6]);
  });

  it('leave the users of another tenant alone, though they have the same emails', async () => {
    const email = `both-${run}@import.example`;
    for (const tenant of ['acme', 'globex'] as const) {
      const as = await apiKey(tenant);
      const created = await call('POST', '/v1/user-imports', { as, body: [{ email, name: tenant }] });
      const { body } = await untilCompleted(created, as);
      expect(body.counts.created).to.equal(1);
    }
    for (const tenant of ['acme', 'globex'] as const) {
      const { body } = await call('GET', `/v1/users?email=${email}`, { as: await apiKey(tenant) });
      expect(body.users.map(({ name }: { name: string }) => name)).to.deep.equal([tenant]);
    }
  });

  const refused: [string, string | undefined, Record<string, string>, number, string][] = [
    ['no rows', '[]', { 'content-type': 'application/json' }, 422, 'empty_import'],
    ['no lines', '\n\n', NDJSON, 422, 'empty_import'],
    ['an object', '{"email":"a@x.example"}', { 'content-type': 'application/json' }, 400, 'malformed_body'],
    ['broken JSON', '[{"email":', { 'content-type': 'application/json' }, 400, 'malformed_body'],
    ['CSV without emails', 'name\nAda', { 'content-type': 'text/csv' }, 422, 'invalid_columns'],
    ['other text', 'email', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['a coding', 'x', { ...NDJSON, 'content-encoding': 'br' }, 415, 'unsupported_media_type'],
    ['nothing', undefined, {}, 400, 'malformed_body'],
  ];
  for (const [name, body, headers, status, code] of refused) {
    it(`refuse ${name}`, async () => {
      const answer = await call('POST', '/v1/user-imports', { as: await apiKey('acme'), body, headers });
      expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
    });
  }

  it('refuse a cursor that somebody made up', async () => {
    const as = await apiKey('acme');
    const created = await call('POST', '/v1/user-imports', {
      as,
      body: [{ email: `c-${run}@import.example` }],
    });
    const answer = await call('GET', `/v1/user-imports/${created.body.id}/rows?cursor=abc`, { as });
    expect([answer.status, answer.body.code]).to.deep.equal([400, 'invalid_cursor']);
  });
});
