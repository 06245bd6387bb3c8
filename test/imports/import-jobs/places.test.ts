import { expect } from 'chai';
import { createPlaces, type Places } from '../../../src/imports/import-jobs/import-jobs-store.ts';
import { until } from '../../support/api-keys.ts';
import { redisAlone } from '../../support/redis-alone.ts';

describe('places for import jobs', () => {
  const redis = redisAlone();
  let places: Places;
  const LONG = { leaseMs: 60_000, firstPauseMs: 60_000, longestPauseMs: 60_000 };
  beforeEach(() => {
    places = createPlaces(redis(), LONG);
  });

  it('are two, and whoever has one has it still when asked again', async () => {
    expect([await places.take('a', 0), await places.take('a', 1), await places.take('a', 2)]).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(await places.take('a', 1)).to.equal(true);
    await places.release('a', 0);
    expect(await places.take('a', 2)).to.equal(true);
  });

  it('go to who has fewer, then to who was served longer ago', async () => {
    await places.take('a', 0);
    await places.take('a', 1);
    expect(await places.take('b', 0)).to.equal(false);
    await places.release('a', 0);
    expect(await places.take('a', 2)).to.equal(false);
    expect(await places.take('b', 0)).to.equal(true);
    expect(await places.take('c', 0)).to.equal(false);
    await places.release('b', 0);
    expect(await places.take('b', 1)).to.equal(false);
    expect(await places.take('c', 0)).to.equal(true);
  });

  it('are free when their holder is silent, and not when it says that it is there', async () => {
    places = createPlaces(redis(), { ...LONG, leaseMs: 3_000 });
    await places.take('a', 0);
    await places.take('a', 1);
    const kept = setInterval(() => void places.hold('a', 0), 50);
    await until(() => places.take('b', 0));
    expect(await places.take('b', 1)).to.equal(false);
    clearInterval(kept);
  });

  it('are not asked for while somebody outside has them, but a place of ours that gets free is', async () => {
    places = createPlaces(redis(), { ...LONG, firstPauseMs: 3_000 });
    await places.take('a', 0);
    await places.take('b', 0);
    await places.refused('b', 0);
    expect(await places.take('b', 0)).to.equal(false);
    await places.release('a', 0);
    expect(await places.take('b', 0)).to.equal(true);
    expect(await places.take('a', 1)).to.equal(false);
    await until(() => places.take('a', 1));
  });
});
