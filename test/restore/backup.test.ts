/** A backup, as a file and in Redis: what is in it, and what of it is loaded. */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keys } from '../../src/redis/keys.ts';
import { batchesOf, isInBackup } from '../../src/restore/backup-keys.ts';
import { BackupFault, readBackup, writeBackup } from '../../src/restore/backup-file.ts';
import { dumpKeys } from '../../src/restore/backup-store.ts';
import { readRestore } from '../../src/restore/restored-state.ts';
import { loadBackup } from '../../workers/restore/load-backup.ts';
import { redisAlone } from '../support/redis-alone.ts';

describe('a backup', () => {
  const redis = redisAlone();
  const secrets = {
    ENCRYPTION_KEYS: { current: 'k1', byId: new Map([['k1', randomBytes(32)]]) },
    HASH_KEY: [randomBytes(32)],
  };
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'trivium-backup-file-'));
    file = join(folder, 'one.backup');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function fill(): Promise<void> {
    await redis().hset(keys.tenants, 'acme', '{"id":"acme"}');
    await redis().xadd(keys.auditLog('acme'), '5-1', 'e', 'an event');
    await redis().set(keys.withdrawal('acme a b'), '{}', 'PX', 3_600_000);
    await redis().set(keys.probe('relay'), '1', 'PX', 60_000);
    await redis().lpush('{trivium}:relay:wait', '1');
    await redis().set('somebody-elses', '1');
  }

  it('has what a restored process needs, with its expiry, and nothing else', async () => {
    await fill();
    expect(await writeBackup(file, dumpKeys(redis()), secrets, 'redis')).to.equal(3);
    await redis().flushall();
    expect(await loadBackup(redis(), file, secrets)).to.equal(3);
    expect(await redis().hgetall(keys.tenants)).to.deep.equal({ acme: '{"id":"acme"}' });
    expect(await redis().xrange(keys.auditLog('acme'), '-', '+')).to.deep.equal([['5-1', ['e', 'an event']]]);
    expect(await redis().pttl(keys.withdrawal('acme a b'))).to.be.within(1, 3_600_000);
    expect(await redis().dbsize()).to.equal(4);
    expect(await readRestore(redis())).to.include({ state: 'comparing', from: 'file' });
  });

  it('is a file that its owner alone may read, and none where it failed', async () => {
    await fill();
    await writeBackup(file, dumpKeys(redis()), secrets, 'redis');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const broken = (async function* () {
      yield* dumpKeys(redis());
      throw new Error('Redis went away');
    })();
    const failed = await writeBackup(join(folder, 'two.backup'), broken, secrets, 'redis').catch(
      (error: Error) => error.message,
    );
    expect(failed).to.equal('Redis went away');
    expect(readdirSync(folder)).to.deep.equal(['one.backup']);
  });

  it('goes on where its loading was interrupted, and only with the same file', async () => {
    await fill();
    await writeBackup(file, dumpKeys(redis()), secrets, 'redis');
    await redis().flushall();
    await loadBackup(redis(), file, secrets);
    const { backup } = (await readRestore(redis()))!;
    await redis().set(keys.restored, JSON.stringify({ ...(await readRestore(redis())), state: 'loading' }));
    const other = join(folder, 'other.backup');
    await writeBackup(other, dumpKeys(redis()), secrets, 'redis');
    expect(await loadBackup(redis(), other, secrets).catch((error: unknown) => error)).to.be.instanceOf(
      BackupFault,
    );
    expect(await loadBackup(redis(), file, secrets)).to.equal(3);
    expect(await readRestore(redis())).to.include({ state: 'comparing', backup });
  });

  it('is refused where it is no backup', async () => {
    const none = join(folder, 'none.backup');
    writeFileSync(none, 'not a backup');
    for (const path of [none, folder, join(folder, 'nowhere')]) {
      const all = (async () => {
        for await (const _ of readBackup(path, secrets));
      })();
      expect(await all.catch((error: unknown) => error)).to.be.instanceOf(BackupFault);
    }
  });

  it('leaves out locks, queues, cached validations and the log of changes', () => {
    const out = [keys.verdict('a'), keys.registryChanges, keys.forwarder, keys.workerSeen, keys.restored];
    expect([...out, '{trivium}:relay:1', 'x'].filter(isInBackup)).to.deep.equal([]);
    const all = [
      keys.clients,
      keys.relayJob('1'),
      keys.userImportMarks('1'),
      keys.auditHead('acme'),
      keys.outbox,
    ];
    expect(all.filter(isInBackup)).to.deep.equal(all);
  });

  it('reads outboxes before logs, and what depends on each other in one transaction', () => {
    const marks = Array.from({ length: 3_000 }, (_, n) => keys.userMark(String(n)));
    const batches = batchesOf([...marks, keys.auditLog('acme'), keys.clients, keys.tenants, keys.outbox]);
    expect(batches.map((batch) => batch.length)).to.deep.equal([1, 2_000, 1_002, 1]);
    expect(batches[0]).to.deep.equal([keys.outbox]);
    expect(batches[1]!.slice(0, 2)).to.have.members([keys.clients, keys.tenants]);
  });
});
