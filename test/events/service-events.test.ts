/** Events of services on their way: once for each idempotency key, within their share of the outbox, for a day. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readOutbox, removeFromOutbox } from '../../src/events/outbox-store.ts';
import { ServiceEvents, type PostedEvent } from '../../src/events/service-events.ts';
import { keys } from '../../src/redis/keys.ts';
import { DAY_MS } from '../../src/redis/key-definition.ts';
import { createKeyedHash } from '../../src/secrets/keyed-hash.ts';
import { redisAlone } from '../support/redis-alone.ts';

describe('events of services in Redis', () => {
  const redis = redisAlone();
  const keyedHash = createKeyedHash(Buffer.alloc(32, 1));
  /** Services may have two. */
  const CAPACITY = 4;
  const record = (key?: string, more: Partial<PostedEvent> = {}, by = 'orders') =>
    new ServiceEvents(redis(), keyedHash, CAPACITY).record(
      { type: 'request.succeeded', principal: { kind: 'service', service: by }, address: 'sealed' },
      { tenant_id: 'acme', type: 'order.shipped', ...more },
      key === undefined ? undefined : { caller: `service ${by}`, key },
    );
  const recorded = async () => (await readOutbox(redis(), 'events', 100)).map(({ event }) => event);
  const codeOf = (work: Promise<unknown>) =>
    work.then(() => 'done').catch(({ code }: { code: string }) => code);

  it('hold what the service says, and not where it is', async () => {
    const { id, time } = await record(undefined, {
      target: 'order-1',
      user_id: 'a|b',
      details: { parcels: 2 },
    });
    expect(await recorded()).to.deep.equal([
      {
        id,
        time,
        type: 'order.shipped',
        principal: { kind: 'service', service: 'orders', user_id: 'a|b' },
        tenant_id: 'acme',
        target: 'order-1',
        outcome: 'succeeded',
        details: { parcels: 2 },
      },
    ]);
  });

  it('are there once for a key, and once for the same key of another service', async () => {
    const key = randomUUID();
    const all = await Promise.all(Array.from({ length: 5 }, () => record(key)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).to.equal(1);
    expect(await codeOf(record(key, { target: 'another' }))).to.equal('idempotency_key_reused');
    const { id } = await record(key, {}, 'billing');
    expect((await recorded()).map((event) => event.id)).to.deep.equal([all[0]!.id, id]);
  });

  it('are told apart by a key for a day', async () => {
    const { id } = await record(randomUUID());
    expect(await redis().pttl(keys.postedEvent(id))).to.be.within(DAY_MS - 600_000, DAY_MS);
    await record();
    expect(await redis().keys('trivium:{events}:posted:*')).to.have.length(1);
  });

  it('fill half of the outbox, and leave the rest to changes of everybody', async () => {
    const key = randomUUID();
    const first = await record(key);
    await record();
    expect(await codeOf(record())).to.equal('overloaded');
    // Nothing is kept of the one that was refused, and the first one is known all the same.
    const refused = randomUUID();
    expect(await codeOf(record(refused))).to.equal('overloaded');
    expect(await record(key)).to.deep.equal(first);
    await removeFromOutbox(redis(), 'events', [(await readOutbox(redis(), 'events', 1))[0]!.id]);
    await record(refused);
    expect(await recorded()).to.have.length(2);
  });
});
