/** Work that a restored Redis holds ends, and its outcome is unknown. */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { ImportStore } from '../../../src/imports/import-store.ts';
import { stateFields } from '../../../src/imports/import-state.ts';
import { keys } from '../../../src/redis/keys.ts';
import { clearQueues } from '../../../src/restore/clear-restored.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import { endImports } from '../../../workers/restore/end-work.ts';
import { redisAlone } from '../../support/redis-alone.ts';

describe('work of before a restore', () => {
  const redis = redisAlone();
  const seal = createSeal({ current: 'k1', byId: new Map([['k1', randomBytes(32)]]) });

  it('ends: the rows of an import without an outcome are unknown, the others keep theirs', async () => {
    const marks = '.omcf'.repeat(500);
    await redis().set(keys.userImportMarks('i'), marks);
    await redis().hset(
      keys.userImport('i'),
      ...stateFields({
        tenantId: 'acme',
        connection: 'acme-users',
        channel: 'row_by_row',
        sendsMail: false,
        total: marks.length,
        failed: 500,
        fingerprint: undefined,
        createdAt: '2031-01-01T00:00:00.000Z',
      }),
    );
    await redis().hset(keys.userImport('i'), { created: 500, done: 1_000, joining: 500, status: 'running' });
    await redis().sadd(keys.openImports, 'i');
    const store = new ImportStore(redis(), seal);
    expect(await endImports(redis(), store, true)).to.have.length(1);
    expect((await store.read('i'))!.counts.unknown, 'of what is only said').to.equal(0);
    expect(await endImports(redis(), store, false)).to.deep.equal([
      { what: 'import_unknown', id: 'i', tenant_id: 'acme', done: 'unknown' },
    ]);
    const state = (await store.read('i'))!;
    expect(state).to.include({ status: 'completed', joining: 0 });
    expect(state.counts).to.deep.equal({ created: 1_000, failed: 500, skipped: 0, unknown: 1_000 });
    expect((await store.readMarks('i', 1, 5)).toString()).to.equal('uuccf');
    expect(await store.openImports()).to.deep.equal([]);
    expect(await endImports(redis(), store, false), 'again').to.deep.equal([]);
  });

  it('is in no queue any more', async () => {
    for (const name of ['{trivium}:relay:1', '{trivium}:relay:wait', keys.fairRetries, keys.relayFlight('a')])
      await redis().set(name, '1');
    for (const name of ['{trivium}:relay:meta', keys.relayJob('1'), keys.tenants])
      await redis().set(name, '1');
    await clearQueues(redis());
    expect((await redis().keys('*')).sort()).to.deep.equal(
      ['{trivium}:relay:meta', keys.relayJob('1'), keys.tenants].sort(),
    );
  });
});
