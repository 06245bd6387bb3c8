/** Events on their way: each arrives once, however often it is sent or found. */
import { expect } from 'chai';
import {
  addBatch,
  addEvent,
  handOver,
  outboxLengths,
  readOutbox,
  removeFromOutbox,
} from '../../src/events/outbox-store.ts';
import { keys } from '../../src/redis/keys.ts';
import { redisAlone } from '../support/redis-alone.ts';

const eventWith = (id: string) => JSON.stringify({ id, type: 'user.read' });

describe('outboxes in Redis', () => {
  const redis = redisAlone();
  const ids = async () => (await readOutbox(redis(), 'events', 100)).map(({ event }) => event.id);
  const add = (number: number, events: string[], limit = 10, processId = 'p') =>
    addBatch(redis(), { processId, number, limit, events: events.map(eventWith) });

  it('take a batch once, though it is sent again, and each process counts its own', async () => {
    expect(await add(1, ['a', 'b'])).to.equal(true);
    expect(await add(1, ['a', 'b'])).to.equal(true);
    expect(await add(2, ['c'])).to.equal(true);
    expect(await add(1, ['d'], 10, 'q')).to.equal(true);
    expect(await ids()).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('take nothing more at their limit, and the batch then when there is room', async () => {
    await add(1, ['a', 'b'], 2);
    expect(await add(2, ['c'], 2)).to.equal(false);
    await removeFromOutbox(redis(), 'events', [(await readOutbox(redis(), 'events', 1))[0]!.id]);
    expect(await add(2, ['c'], 2)).to.equal(true);
    expect(await ids()).to.deep.equal(['b', 'c']);
  });

  it('get an event that stands elsewhere once, though a crash leaves it there', async () => {
    let removed = 0;
    const crash = handOver(redis(), eventWith('a'), () => Promise.reject(new Error('crash')));
    expect(await crash.catch((error: Error) => error.message)).to.equal('crash');
    for (let i = 0; i < 2; i += 1)
      await handOver(redis(), eventWith('a'), () => Promise.resolve((removed += 1)));
    expect(await ids()).to.deep.equal(['a']);
    expect(removed).to.equal(2);
    expect(await redis().zscore(keys.handedOver, 'a')).to.match(/^\d+$/);
  });

  it('keep apart what lies beside its transactions and all else', async () => {
    await redis().xadd(keys.registryOutbox, '*', 'e', eventWith('r'));
    await addEvent(redis(), eventWith('e'));
    await addEvent(redis(), eventWith('f'));
    expect(await outboxLengths(redis())).to.deep.equal([1, 2]);
    expect(
      (await readOutbox(redis(), 'registry', 1)).map(({ source, event }) => [source, event.id]),
    ).to.deep.equal([['registry', 'r']]);
    expect((await readOutbox(redis(), 'events', 1)).map(({ event }) => event.id)).to.deep.equal(['e']);
  });
});
