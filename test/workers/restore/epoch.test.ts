/** Redis against the epoch at the authority. */
import { expect } from 'chai';
import type { Log } from '../../../src/log.ts';
import { keys } from '../../../src/redis/keys.ts';
import { markRegistryMade } from '../../../src/registry/client-store.ts';
import { endRestore, readRestore } from '../../../src/restore/restored-state.ts';
import { advanceEpoch, noticeSetBack, renewEpoch } from '../../../workers/restore/epoch.ts';
import { redisAlone } from '../../support/redis-alone.ts';

describe('an epoch', () => {
  const redis = redisAlone();
  let metadata: Record<string, unknown>;
  const parts = () => ({
    redis: redis(),
    clientId: 'workers',
    log: { error: () => undefined } as unknown as Log,
    management: {
      readClient: () => Promise.resolve({ client_id: 'workers', client_metadata: metadata }),
      updateClient: (_: string, changes: Record<string, unknown>) => {
        Object.assign(metadata, changes['client_metadata']);
        return Promise.resolve();
      },
    } as never,
  });
  beforeEach(async () => {
    metadata = {};
    await markRegistryMade(redis());
    for (let times = 0; times < 3; times += 1) await advanceEpoch(parts());
  });
  /** As a snapshot of this Redis has it. */
  const snapshot = () => redis().get(keys.epoch);

  it('shows a snapshot that is older than an interval, once', async () => {
    const old = (await snapshot())!;
    expect(await noticeSetBack(parts())).to.equal(false);
    for (let times = 0; times < 2; times += 1) await advanceEpoch(parts());
    await redis().set(keys.epoch, old);
    await advanceEpoch(parts());
    expect(await readRestore(redis())).to.include({ state: 'comparing', from: 'elsewhere' });
    await renewEpoch(parts());
    await endRestore(redis());
    expect(await noticeSetBack(parts())).to.equal(false);
  });

  it('shows nothing of what a failover may lose, of another registry, or of one that was lost', async () => {
    const old = (await snapshot())!;
    await advanceEpoch(parts());
    await redis().set(keys.epoch, old);
    expect(await noticeSetBack(parts()), 'less than an interval').to.equal(false);
    await redis().set(keys.epoch, '00000000-0000-4000-8000-000000000000 1');
    expect(await noticeSetBack(parts()), 'another registry').to.equal(false);
    await redis().set(keys.epoch, old.replace(/ .*/, ' 1'));
    await redis().del(keys.registryBorn);
    expect(await noticeSetBack(parts()), 'a lost registry').to.equal(false);
    await markRegistryMade(redis());
    expect(await noticeSetBack(parts()), 'this one').to.equal(true);
  });
});
