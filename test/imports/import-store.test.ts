/** User imports as they are stored: from the upload on, what each step may change and what is left of it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { StoredRow } from '../../src/imports/chunks.ts';
import type { NewImport } from '../../src/imports/import-state.ts';
import {
  ImportStore,
  isImport,
  listOpenImportsOf,
  readFingerprint,
  removeEvent,
  removeImportsOf,
  setField,
  trimImports,
} from '../../src/imports/import-store.ts';
import {
  admitImport,
  commitImport,
  discardUpload,
  keepPlace,
  releasePlace,
  releaseUpload,
  acquireUploadLease,
  writeRows,
} from '../../src/imports/upload-store.ts';
import { keys } from '../../src/redis/keys.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { redisAlone } from '../support/redis-alone.ts';

const seal = createSeal({ current: 'k', byId: new Map([['k', randomBytes(32)]]) });
const eventWith = (id: string) => JSON.stringify({ id, type: 'user.created' });

describe('user imports in Redis', () => {
  const redis = redisAlone();
  let store: ImportStore;
  before(() => (store = new ImportStore(redis(), seal)));

  async function make(total = 3, more: Partial<NewImport> = {}, id: string = randomUUID()) {
    const rows = Array.from({ length: total }, (_, i): StoredRow => ({
      user: { email: `${i}@acme.example` },
    }));
    const holder = (await acquireUploadLease(redis(), id))!;
    await writeRows(redis(), seal, { id, holder }, rows);
    const made: NewImport = {
      tenantId: 'acme',
      connection: 'acme-users',
      channel: 'row_by_row',
      sendsMail: false,
      total,
      failed: 0,
      fingerprint: undefined,
      createdAt: new Date().toISOString(),
      ...more,
    };
    expect(await commitImport(redis(), id, holder, made)).to.equal(true);
    return (await store.read(id))!;
  }

  it('are made whole, with the event that tells of it', async () => {
    const event = eventWith('made');
    const state = await make(3, { fingerprint: 'print', event });
    expect(state).to.deep.include({ status: 'queued', total: 3, unpublished: [event], tenantId: 'acme' });
    expect(await readFingerprint(redis(), state.id)).to.equal('print');
    expect((await store.readRows(state, 2, 3))!.map(({ number, mark }) => [number, mark])).to.deep.equal([
      [2, '.'],
      [3, '.'],
    ]);
    expect(await redis().pttl(keys.userImportRows(state.id)), 'rows stay').to.equal(-1);
    expect(await listOpenImportsOf(redis(), 'acme')).to.deep.equal([state.id]);
    expect(await listOpenImportsOf(redis(), 'globex')).to.deep.equal([]);
    await removeEvent(redis(), state.id, event);
    expect((await store.read(state.id))!.unpublished).to.deep.equal([]);
  });

  it('give each row one outcome, tell of it once, and end with the last', async () => {
    const { id } = await make();
    expect(await store.start(id, [1, 2])).to.equal(true);
    const record = (...ends: [number, 'c' | 's' | 'u' | 'w' | '.'][]) =>
      store.record(id, ends, ([row, mark]) => (mark === 'c' ? eventWith(`row-${row}`) : ''));
    expect(await record([1, 'c'], [2, '.'])).to.equal(false);
    expect(await record([1, 's'], [2, 'w'])).to.equal(false);
    expect(await record([3, 'u'])).to.equal(true);
    expect(await record([3, 'c'])).to.equal(false);
    const state = (await store.read(id))!;
    expect(state).to.deep.include({ status: 'completed', unpublished: [eventWith('row-1')] });
    expect(state.counts).to.deep.equal({ created: 1, failed: 1, skipped: 0, unknown: 1 });
    expect((await store.readMarks(id, 1, 3)).toString()).to.equal('cwu');
    for (const place of [keys.userImportRows(id), keys.userImportMarks(id)])
      expect(await redis().pttl(place), place).to.be.greaterThan(0);
  });

  for (const [from, action, done, status, mayStart] of [
    ['queued', 'pause', 'done', 'paused', false],
    ['queued', 'resume', 'same', 'queued', true],
    ['queued', 'cancel', 'done', 'cancelled', false],
    ['running', 'pause', 'done', 'paused', false],
    ['running', 'resume', 'same', 'running', true],
    ['paused', 'pause', 'same', 'paused', false],
    ['paused', 'resume', 'done', 'queued', true],
    ['cancelled', 'cancel', 'same', 'cancelled', false],
    ['cancelled', 'resume', 'ended', 'cancelled', false],
    ['completed', 'cancel', 'ended', 'completed', false],
    ['completed', 'pause', 'ended', 'completed', false],
  ] as const)
    it(`that are ${from}: ${action} is ${done}`, async () => {
      const made = await make(1);
      const { id } = made;
      if (from === 'running') await store.markStarted(made);
      else if (from !== 'queued') await setField(redis(), id, 'status', from);
      expect(await store.control(id, action, eventWith('controlled'))).to.equal(done);
      const state = (await store.read(id))!;
      expect(state.status).to.equal(status);
      expect(state.unpublished).to.deep.equal(done === 'done' ? [eventWith('controlled')] : []);
      expect(await store.start(id, [1])).to.equal(mayStart);
    });

  it('go on where they were when they are resumed', async () => {
    const made = await make();
    await store.markStarted(made);
    await store.control(made.id, 'pause');
    await store.control(made.id, 'resume');
    expect((await store.read(made.id))!.status).to.equal('running');
  });

  it('find the first row that is not done', async () => {
    const state = await make(5);
    await store.record(state.id, [
      [1, 'c'],
      [2, 'c'],
      [4, 'c'],
    ]);
    for (const [from, found] of [
      [1, 3],
      [3, 3],
      [4, 5],
      [6, undefined],
    ] as const)
      expect(await store.openRow(state, from), `from ${from}`).to.equal(found);
  });

  it('are listed newest first, from one of them on', async () => {
    const at = (second: number) => ({ createdAt: `2031-01-01T00:00:0${second}.000Z` });
    const ids: string[] = [];
    for (const second of [1, 2, 3]) ids.unshift((await make(1, at(second))).id);
    expect(await store.listIds('acme', undefined, 2)).to.deep.equal(ids.slice(0, 2));
    expect(await store.listIds('acme', ids[0], 5)).to.deep.equal(ids.slice(1));
    expect(await store.listIds('globex', undefined, 5)).to.deep.equal([]);
    expect(await store.listIds('globex', ids[0], 5), 'of another tenant').to.equal(undefined);
  });

  it('are trimmed from the oldest on, and none that is under way', async () => {
    const old = await make(1, { createdAt: '2031-01-01T00:00:01.000Z' });
    const ended = await make(1, { createdAt: '2031-01-01T00:00:02.000Z', failed: 1 });
    const newest = await make(1, { createdAt: '2031-01-01T00:00:03.000Z', failed: 1 });
    await trimImports(redis(), 'acme', 1);
    expect(await store.listIds('acme', undefined, 5)).to.deep.equal([newest.id, old.id]);
    expect(await isImport(redis(), ended.id)).to.equal(false);
  });

  it('leave nothing behind when they are removed, whatever comes late', async () => {
    const { id } = await make();
    const open = (await acquireUploadLease(redis(), 'late'))!;
    await admitImport(redis(), 'acme', 'late', 5);
    await removeImportsOf(redis(), 'acme');
    expect(await setField(redis(), id, 'frontier', 3)).to.equal(undefined);
    expect(await store.start(id, [1])).to.equal(false);
    expect(await store.record(id, [[1, 'c']])).to.equal(false);
    expect(await store.control(id, 'cancel')).to.equal('unknown');
    await store.countAsOpen({ id, tenantId: 'acme' });
    await keepPlace(redis(), 'acme', id);
    await discardUpload(redis(), 'acme', 'late', open);
    expect(await redis().keys('*')).to.deep.equal([]);
  });

  it('are as many at once as a tenant may have, open uploads included', async () => {
    const admit = (id: string, beside?: string) => admitImport(redis(), 'acme', id, 2, beside);
    expect(await admit('a')).to.equal(true);
    const { id } = await make();
    await store.countAsOpen({ id, tenantId: 'acme' });
    expect(await admit('b'), 'one too many').to.equal(false);
    expect(await admit('a'), 'the same again').to.equal(true);
    expect(await admit('b', id), 'a repeat beside the import').to.equal(true);
    await releasePlace(redis(), 'acme', 'a');
    await releasePlace(redis(), 'acme', 'b');
    expect(await admit('c')).to.equal(true);
    expect(await admitImport(redis(), 'globex', 'd', 1), 'another tenant').to.equal(true);
  });

  it('free the id of an upload that wrote nothing', async () => {
    expect(await acquireUploadLease(redis(), 'x')).to.be.a('string');
    expect(await acquireUploadLease(redis(), 'x')).to.equal(undefined);
    await releaseUpload(redis(), 'x');
    expect(await acquireUploadLease(redis(), 'x')).to.be.a('string');
  });
});
