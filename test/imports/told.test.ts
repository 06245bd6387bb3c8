/** What an audit log says of imports: each thing once. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { aMoment, eventsSince, type AuditEvent } from '../support/audit.ts';
import { until } from '../support/api-keys.ts';
import { apiKey, demoTenant } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ended, rowsOf, upload } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

const rows = (count: number) =>
  Array.from({ length: count }, () => ({ email: `${randomUUID()}@told.example` }));

describe('of an import is told', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  async function typesOf(
    path: string,
    since: Date,
    isAll: (types: string[]) => boolean,
  ): Promise<AuditEvent[]> {
    const id = path.split('/').at(-1);
    let found: AuditEvent[] = [];
    await until(async () => {
      found = (await eventsSince(since)).filter(({ target }) => target === id);
      return isAll(found.map(({ type }) => type));
    });
    return found;
  }

  it('its beginning and its end, once', async () => {
    const since = await aMoment();
    const path = await accepted(rows(5));
    await ended(path);
    const found = await typesOf(path, since, (types) => types.length >= 2);
    expect(found.map(({ type }) => type).sort()).to.deep.equal([
      'user_import.completed',
      'user_import.created',
    ]);
    const done = found.find(({ type }) => type === 'user_import.completed')!;
    expect([done.principal, done.tenant_id, done.outcome]).to.deep.equal([
      { kind: 'system' },
      'acme',
      'succeeded',
    ]);
  });

  for (const channel of ['row_by_row', 'import_jobs'])
    it(`each user that it created, by whoever uploaded it, where it asks for that: ${channel}`, async () => {
      const since = await aMoment();
      const good = rows(120);
      const taken = await accepted([good[0]!]);
      await ended(taken);
      const sent = [...good, { email: 'none' }, good[1]!];
      const path = await accepted(sent, { query: `?user_events=true&channel=${channel}` });
      const state = await ended(path);
      expect(state).to.deep.include({ user_events: true, status: 'completed' });
      expect(state.counts).to.include({ created: 119, skipped: 1, failed: 2 });
      await typesOf(path, since, (types) => types.includes('user_import.completed'));
      const created = (await eventsSince(since)).filter(({ type }) => type === 'user.created');
      const ids = (await rowsOf(path)).flatMap(({ status, user_id }) =>
        status === 'created' ? [user_id!] : [],
      );
      expect(created.map(({ target }) => target)).to.have.members(ids);
      const { client_id } = (await demoTenant('acme')).api_key;
      for (const { principal, operation, outcome, status, tenant_id } of created) {
        expect(principal).to.deep.equal({ kind: 'tenant', client_id });
        expect([operation, outcome, status, tenant_id]).to.deep.equal([
          'createUserImport',
          'succeeded',
          201,
          'acme',
        ]);
      }
    });

  it('one thing when no row of it is any good: it is over when it is answered', async () => {
    const since = await aMoment();
    const path = await accepted([{ email: 'none' }, { mail: 'x' }]);
    expect((await ended(path)).status).to.equal('completed');
    // What was told of it would have been told before this one's end.
    const later = await accepted(rows(1));
    await ended(later);
    await typesOf(later, since, (types) => types.length >= 2);
    const found = await typesOf(path, since, (types) => types.length >= 1);
    expect(found.map(({ type }) => type)).to.deep.equal(['user_import.created']);
  });

  it('that it was paused, resumed and cancelled, once each, and of a cancelled one no end', async () => {
    const since = await aMoment();
    const as = await apiKey('acme');
    let path = '';
    const { control } = await world();
    // So slow that it does not end before.
    await control.change({ latencyMs: 300 });
    try {
      path = await accepted(rows(1_500));
      for (const action of ['pause', 'resume', 'cancel'])
        expect((await call('POST', `${path}/${action}`, { as })).status).to.equal(200);
    } finally {
      await control.change({ latencyMs: 0 });
    }
    const found = await typesOf(path, since, (types) => types.length >= 4);
    expect(found.map(({ type }) => type).sort()).to.deep.equal([
      'user_import.cancelled',
      'user_import.created',
      'user_import.paused',
      'user_import.resumed',
    ]);
    for (const { principal } of found) expect(principal.kind).to.equal('tenant');
  });

  it('the refusal of an upload, and that somebody read rows', async () => {
    const since = await aMoment();
    const as = await apiKey('acme');
    const path = await accepted(rows(1));
    await ended(path);
    await call('GET', `${path}/rows`, { as });
    await upload('', { type: 'csv' });
    const events = await eventsSince(since);
    const codes = events.filter(({ operation }) => operation === 'createUserImport').map(({ code }) => code);
    expect(codes).to.include('empty_import');
    const read = events.filter(({ type }) => type === 'user_import.rows_read');
    expect(read.map(({ target }) => target)).to.deep.equal([path.split('/').at(-1)]);
    expect(JSON.stringify(events)).to.not.include('@told.example');
  });
});
