/** The inbox of the authority's events, and turns of users who are to be read. */
import { expect } from 'chai';
import type { AuthorityEvent } from '../../src/authority-events/authority-event.ts';
import { AuthorityEventStore } from '../../src/authority-events/authority-event-store.ts';
import {
  noteDelivery,
  readAuthorityEventState,
  saveLogState,
} from '../../src/authority-events/authority-event-state.ts';
import { OwnChanges, ownMembership, ownUpdate } from '../../src/authority-events/own-changes.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { keys } from '../../src/redis/keys.ts';
import { redisAlone } from '../support/redis-alone.ts';

const AT = '2026-11-23T09:00:00.000Z';
const anEvent = (id: string, more: Partial<AuthorityEvent> = {}): AuthorityEvent => ({
  id,
  kind: 'changed',
  userId: 'auth0|ada',
  time: AT,
  updatedAt: AT,
  claims: [{ tenantId: 'acme' }],
  ...more,
});

describe('the inbox of the authority’s events', () => {
  const redis = redisAlone();
  const store = () => new AuthorityEventStore(redis(), 3);

  it('takes each event once, and no more than it has room for', async () => {
    expect(await store().add(anEvent('a'))).to.equal('added');
    expect(await store().add(anEvent('a'))).to.equal('known');
    for (const id of ['b', 'c']) await store().add(anEvent(id));
    expect(await store().add(anEvent('d'))).to.equal('full');
    const [{ entry, event } = { entry: '', event: undefined }] = await store().read(undefined);
    expect(event).to.deep.equal(anEvent('a'));
    await store().settle(entry);
    expect(await store().add(anEvent('a')), 'it is remembered').to.equal('known');
    expect(await store().add(anEvent('d')), 'what was refused is taken later').to.equal('added');
  });

  it('is read on from any entry, whether or not those before are settled', async () => {
    for (const id of ['a', 'b', 'c']) await store().add(anEvent(id));
    const [first] = await store().read(undefined);
    const after = await store().read(first!.entry);
    expect(after.map(({ event }) => event.id)).to.deep.equal(['b', 'c']);
  });

  it('records events with the end of an entry, once, though two workers process it', async () => {
    await store().add(anEvent('a'));
    const { entry } = (await store().read(undefined))[0]!;
    const settle = () => store().settle(entry, ['{"id":"1"}'], [{ tenantId: 'acme', userId: 'auth0|ada' }]);
    expect(await Promise.all([settle(), settle()])).to.deep.equal([true, true]);
    expect(await redis().xlen(keys.outbox)).to.equal(1);
    expect(await store().count()).to.equal(0);
    expect(await redis().zcard(keys.authorityRereads)).to.equal(1);
  });

  async function ask(tenantId: string, userId: string): Promise<void> {
    const id = `${tenantId} ${userId} ${Math.random()}`;
    await store().add(anEvent(id));
    const entry = (await store().read(undefined)).at(-1)!.entry;
    await store().settle(entry, [], [{ tenantId, userId }]);
  }

  it('gives users of one tenant turns that leave room for those of others', async () => {
    for (let i = 0; i < 5; i += 1) await ask('many', `auth0|${i}`);
    await ask('few', 'auth0|one');
    const order: string[] = [];
    for (let next = await store().nextReread(); next; next = await store().nextReread()) {
      order.push(next.userId);
      await store().endReread(next);
    }
    expect(order).to.have.length(6);
    expect(order.indexOf('auth0|one')).to.be.below(3);
    expect(order.filter((id) => id !== 'auth0|one')).to.deep.equal([0, 1, 2, 3, 4].map((i) => `auth0|${i}`));
  });

  it('has a user read again who changes while being read, and later who could not be read', async () => {
    await ask('acme', 'auth0|a b');
    const begun = (await store().nextReread())!;
    expect(begun).to.include({ tenantId: 'acme', userId: 'auth0|a b' });
    await ask('acme', 'auth0|a b');
    await store().endReread(begun);
    const again = (await store().nextReread())!;
    expect(again.userId).to.equal('auth0|a b');
    await ask('acme', 'auth0|other');
    await store().endReread(again, 30_000);
    expect((await store().nextReread())!.userId).to.equal('auth0|other');
  });
});

describe('our own changes of users', () => {
  const redis = redisAlone();
  const own = () => new OwnChanges(redis());

  it('are told from others by what the authority answered', async () => {
    const change = await own().begin(['auth0|ada']);
    expect(await own().judge(anEvent('a'))).to.equal('pending');
    await own().end(['auth0|ada'], change, ownUpdate(AT));
    expect(await own().judge(anEvent('a'))).to.equal('own');
    expect(await own().judge(anEvent('b', { updatedAt: '2026-11-23T09:00:00.001Z' }))).to.equal('others');
    expect(await own().judge(anEvent('c', { kind: 'deleted' }))).to.equal('others');
    expect(await own().judge(anEvent('d', { userId: 'auth0|grace' }))).to.equal('others');
  });

  it('that were refused leave no doubt', async () => {
    const change = await own().begin(['auth0|ada']);
    await own().end(['auth0|ada'], change);
    expect(await own().judge(anEvent('a'))).to.equal('others');
  });

  it('leave doubt for a while if nothing is known of them', async () => {
    await own().begin(['auth0|ada']);
    const key = keys.ownChanges('auth0|ada');
    const [note = ''] = await redis().zrange(key, '0', '-1');
    await redis().zadd(key, redisNow() - 61_000, note);
    expect(await own().judge(anEvent('a'))).to.equal('others');
  });

  it('are creations by ids of our own, deletions, and memberships', async () => {
    await own().willCreate('auth0|new');
    expect(await own().judge(anEvent('a', { kind: 'created', userId: 'auth0|new' }))).to.equal('own');
    const imported = `auth0|${'0a'.repeat(16)}0000001`;
    expect(await own().judge(anEvent('b', { kind: 'created', userId: imported }))).to.equal('own');
    expect(await own().judge(anEvent('c', { kind: 'deleted', userId: imported }))).to.equal('others');
    const change = await own().begin(['auth0|1', 'auth0|2']);
    await own().end(['auth0|1', 'auth0|2'], change, ownMembership('joined', 'org_1'));
    const joined = (organization: string) =>
      anEvent('d', { kind: 'joined', userId: 'auth0|2', claims: [{ organization }] });
    expect(await own().judge(joined('org_1'))).to.equal('own');
    expect(await own().judge(joined('org_2'))).to.equal('others');
  });

  it('are remembered up to a number, and for a day', async () => {
    for (let i = 0; i < 40; i += 1) {
      const change = await own().begin(['auth0|ada']);
      await own().end(['auth0|ada'], change, ownUpdate(String(i)));
    }
    const key = keys.ownChanges('auth0|ada');
    expect(await redis().zcard(key)).to.equal(32);
    expect(await redis().pttl(key)).to.be.within(1, 86_400_000);
  });
});

describe('what tells of changes at the authority', () => {
  const redis = redisAlone();
  const source = async (pollMs = 60_000) => (await readAuthorityEventState(redis(), pollMs)).source;

  it('is the event stream after a delivery, the log after a reading, and neither before', async () => {
    expect(await source()).to.equal('none');
    await saveLogState(redis(), { polled_at: redisNow() });
    expect(await source()).to.equal('log');
    expect(await source(0)).to.equal('none');
    await saveLogState(redis(), { log_failure: 'refused' });
    expect(await source()).to.equal('none');
    await saveLogState(redis(), { log_failure: null });
    await noteDelivery(redis());
    expect(await source()).to.equal('stream');
    await redis().hset(keys.authorityState, 'delivered_at', redisNow() - 3_600_001);
    expect(await source()).to.equal('log');
    await saveLogState(redis(), { polled_at: redisNow() - 600_000 });
    expect(await source()).to.equal('none');
  });
});
