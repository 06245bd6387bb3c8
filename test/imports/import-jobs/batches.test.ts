import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import {
  createBatches,
  TakenOver,
  type Batches,
} from '../../../src/imports/import-jobs/import-jobs-store.ts';
import type { Batch } from '../../../src/imports/import-jobs/batches.ts';
import { readState } from '../../../src/imports/import-state.ts';
import { keys } from '../../../src/redis/keys.ts';
import { redisAlone } from '../../support/redis-alone.ts';

const FIRST: Batch = { number: 0, from: 1, to: 10, sent: 0 };
const NEXT: Batch = { number: 10, from: 11, to: 20, sent: 0 };

describe('batches of an import that somebody else has taken over', () => {
  const redis = redisAlone();
  let id: string;
  let old: Batches;
  let young: Batches;
  beforeEach(async () => {
    id = randomUUID();
    await redis().hset(keys.userImport(id), 'tenant', 'acme', 'status', 'running');
    [old, young] = [createBatches(redis()), createBatches(redis())];
    await old.takeOver(id);
  });

  const stateNow = async () => readState(id, await redis().hgetall(keys.userImport(id)))!;
  const refusal = (what: Promise<unknown>) => what.then(() => undefined).catch((error: unknown) => error);

  it('are planned and written down by the new one only, who sees what the old one did', async () => {
    expect(await old.plan(id, 0, 10, FIRST)).to.equal(true);
    await old.save(id, { ...FIRST, sent: 1 });
    await young.takeOver(id);
    expect(await young.list(id)).to.deep.equal([{ ...FIRST, sent: 1 }]);

    expect(await refusal(old.save(id, { ...FIRST, sent: 2 }))).to.be.instanceOf(TakenOver);
    expect(await old.plan(id, 10, 20, NEXT)).to.equal(false);
    expect(await young.list(id)).to.deep.equal([{ ...FIRST, sent: 1 }]);
    const now = await stateNow();
    expect(() => old.check(now)).to.throw(TakenOver);

    young.check(now);
    await young.save(id, { ...FIRST, sent: 2 });
    expect(await young.plan(id, 10, 20, NEXT)).to.equal(true);
    expect(await young.list(id)).to.deep.equal([{ ...FIRST, sent: 2 }, NEXT]);
  });

  it('that are done are written down no more', async () => {
    await old.plan(id, 0, 10, FIRST);
    await old.remove(id, FIRST);
    expect(await refusal(old.save(id, FIRST))).to.be.instanceOf(TakenOver);
    expect(await old.list(id)).to.deep.equal([]);
  });
});
