/** Refusals on their way to operators: what repeats is counted, and only so many are kept. */
import { expect } from 'chai';
import { RefusalLog } from '../../src/diagnosis/refusal-log.ts';
import { addRefusals, readRefusals, type Refusal } from '../../src/diagnosis/refusal-store.ts';
import { keys } from '../../src/redis/keys.ts';
import { KEPT_REFUSALS } from '../../src/redis/keys/deployment.ts';
import { redisAlone } from '../support/redis-alone.ts';

describe('the log of refusals', () => {
  const redis = redisAlone();
  const one = (code: string, request_id = 'r'): Omit<Refusal, 'count'> => ({
    request_id,
    operation: 'getMe',
    status: 401,
    code,
  });
  const fail = (error: unknown) => {
    throw error;
  };

  it('counts what repeats, and names the first request of it', async () => {
    const log = new RefusalLog(redis(), fail);
    log.note(one('invalid_token', 'first'));
    log.note(one('invalid_token', 'second'));
    log.note({ ...one('invalid_token', 'third'), tenant_id: 'acme' });
    await log.close();
    const kept = await log.read();
    expect(kept.map(({ id: _, ...rest }) => rest)).to.deep.equal([
      { ...one('invalid_token', 'third'), tenant_id: 'acme', count: 1 },
      { ...one('invalid_token', 'first'), count: 2 },
    ]);
  });

  it('takes a bounded number of different ones at a time', async () => {
    const log = new RefusalLog(redis(), fail);
    for (let n = 0; n < 500; n += 1) log.note(one(`code_${n}`));
    await log.close();
    expect(await log.read()).to.have.length(100);
  });

  it('keeps the last of them, for a while', async () => {
    for (let n = 0; n < 3; n += 1)
      await addRefusals(
        redis(),
        Array.from({ length: KEPT_REFUSALS / 2 }, (_, i) => ({ ...one(`code_${n}_${i}`), count: 1 })),
      );
    const kept = await readRefusals(redis(), undefined);
    expect(kept).to.have.length(KEPT_REFUSALS);
    expect(kept[0]?.code).to.equal(`code_2_${KEPT_REFUSALS / 2 - 1}`);
    expect(kept.at(-1)?.code).to.equal('code_1_0');
    expect(await redis().pttl(keys.refusals)).to.be.above(0);
    const earlier = await readRefusals(redis(), kept[10]!.id);
    expect(earlier[0]?.id).to.equal(kept[11]?.id);
  });

  it('says so when it cannot be written', async () => {
    const errors: unknown[] = [];
    const log = new RefusalLog(redis(), (error) => errors.push(error));
    await redis().set(keys.refusals, 'of another type');
    log.note(one('invalid_token'));
    await log.close();
    expect(errors).to.have.length(1);
  });
});
