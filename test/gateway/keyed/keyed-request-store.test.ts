/** Kept answers in Redis: what makes room for others, and what is refused. */
import { expect } from 'chai';
import { KeyedRequestStore } from '../../../src/gateway/keyed/keyed-request-store.ts';
import { redisAlone } from '../../support/redis-alone.ts';

const MIB = 1_048_576;

describe('keyed requests in Redis', () => {
  const redis = redisAlone();
  const of = (id: string, attempt = 'a') => ({ tenantId: 'acme', id, attempt });
  const begin = async (store: KeyedRequestStore, id: string) => (await store.begin(of(id), 'same'))[0];

  it('are refused beyond their number, and one that was freed makes room', async () => {
    const store = new KeyedRequestStore(redis(), 2);
    expect(await begin(store, '1')).to.equal('begun');
    expect(await begin(store, '2')).to.equal('begun');
    expect(await begin(store, '3')).to.equal('full');
    expect((await store.begin({ ...of('1'), tenantId: 'globex' }, 'same'))[0]).to.equal('begun');
    await store.end(of('1'), true);
    expect(await begin(store, '3')).to.equal('begun');
  });

  it('lose the oldest answers beyond their bytes, and are not begun again', async () => {
    const store = new KeyedRequestStore(redis(), 1_000);
    for (let i = 0; i < 70; i += 1) {
      await begin(store, String(i));
      await store.keep(of(String(i)), 201, Buffer.alloc(MIB, i));
    }
    expect(await store.begin(of('5', 'b'), 'same')).to.deep.equal(['unkept', '201']);
    expect(await store.readAnswer(of('5'))).to.equal(undefined);
    expect(await begin(store, '6')).to.equal('kept');
    expect((await store.readAnswer(of('69')))!.equals(Buffer.alloc(MIB, 69))).to.equal(true);
    expect(Number(await redis().get('trivium:{keyed:acme}:answer-bytes'))).to.equal(64 * MIB);
  });

  it('are ended by nobody but who began them', async () => {
    const store = new KeyedRequestStore(redis(), 9);
    await begin(store, '1');
    await store.end(of('1', 'other'), true);
    await store.keep(of('1', 'other'), 201, Buffer.from('x'));
    expect(await begin(store, '1')).to.equal('running');
    await store.end(of('1'), false);
    expect(await begin(store, '1')).to.equal('unknown');
    // The process that was taken for dead was only slow.
    await store.keep(of('1'), 201, Buffer.from('x'));
    expect(await begin(store, '1')).to.equal('kept');
  });

  it('expire, all of it', async () => {
    const store = new KeyedRequestStore(redis(), 9);
    await begin(store, '1');
    await store.keep(of('1'), 201, Buffer.from('x'));
    const names = await redis().keys('*');
    expect(names).to.have.length(4);
    for (const name of names) expect(await redis().pttl(name), name).to.be.within(1, 86_400_000);
  });
});
