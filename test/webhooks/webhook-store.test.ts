/** Webhooks as they are stored: what each change, delivery and turn leaves behind. */
import { expect } from 'chai';
import { keys } from '../../src/redis/keys.ts';
import { redisNow } from '../../src/redis/clock.ts';
import type { Delivery, Webhook, Writing } from '../../src/webhooks/webhook.ts';
import {
  changeWebhook,
  countDue,
  countTries,
  dropDue,
  listDeliveries,
  listDue,
  listWebhooks,
  listWebhookTenants,
  noteDelivery,
  noteVerification,
  rescheduleWebhook,
  readState,
  readWebhook,
  removeWebhooksOf,
  takeDueWebhooks,
  takeOverEvents,
  writeWebhook,
} from '../../src/webhooks/webhook-store.ts';
import { redisAlone } from '../support/redis-alone.ts';

const webhook: Webhook = {
  id: 'wh_1',
  tenant_id: 'acme',
  url: 'https://hooks.acme.example/',
  event_types: ['user.created'],
  is_ordered: false,
  status: 'enabled',
  created_at: '2031-01-01T00:00:00.000Z',
  verified_at: '2031-01-01T00:00:00.000Z',
  secrets: 'sealed',
};
const { verified_at: _at, ...unverified } = webhook;
const EVENT = '1000-000000';

describe('webhooks in Redis', () => {
  const redis = redisAlone();
  const told = async () => (await redis().xrange(keys.registryOutbox, '-', '+')).map(([, [, text]]) => text);
  const make = (wanted = webhook, writing: Partial<Writing> = {}) =>
    writeWebhook(
      redis(),
      wanted,
      { becomes: wanted },
      { event: 'made', limit: 2, from: '500-0', ...writing },
    );
  const takeOver = (event = EVENT, at = 1) =>
    takeOverEvents(redis(), webhook, {
      from: '500-0',
      cursor: '1000-0',
      seq: 7,
      skipped: '',
      due: [[at, event]],
    });

  it('are made with the event that tells of it', async () => {
    expect(await make()).to.equal('done');
    expect(await listWebhooks(redis(), 'acme')).to.deep.equal([webhook]);
    expect(await readWebhook(redis(), 'globex', webhook.id)).to.equal(undefined);
    expect(await told()).to.deep.equal(['made']);
    expect(await listWebhookTenants(redis())).to.deep.equal([['acme', '1']]);
    expect(await readState(redis(), webhook.id)).to.deep.include({
      cursor: '500-0',
      verification: undefined,
    });
  });

  it('are not changed when somebody else has changed them meanwhile, and nothing tells of it', async () => {
    await make();
    const other = { ...webhook, url: 'https://other.example/' };
    expect(await make()).to.equal('changed meanwhile');
    const change = (was: Webhook, becomes: Webhook) =>
      writeWebhook(redis(), webhook, { was, becomes }, { event: 'changed' });
    expect(await change(other, webhook)).to.equal('changed meanwhile');
    expect(await change(webhook, other)).to.equal('done');
    expect(await told()).to.deep.equal(['made', 'changed']);
  });

  it('are as many as a tenant may have', async () => {
    for (const [id, done] of [
      ['wh_1', 'done'],
      ['wh_2', 'done'],
      ['wh_3', 'too many'],
    ] as const)
      expect(await make({ ...webhook, id })).to.equal(done);
    expect(await make({ ...webhook, tenant_id: 'globex' })).to.equal('done');
  });

  it('have one replay at a time', async () => {
    await make();
    const replay = () =>
      changeWebhook(redis(), webhook, (was) => was, { event: '', from: '0-0', replayTo: '900-0' });
    expect(await replay()).to.deep.equal(webhook);
    expect(await replay()).to.equal('replay in progress');
  });

  it('take each event over once, and not when they were set back meanwhile', async () => {
    await make();
    expect(await takeOver()).to.equal(true);
    expect(await takeOver('1001-000000')).to.equal(false);
    expect(await listDue(redis(), webhook.id)).to.deep.equal([EVENT]);
    expect(await takeDueWebhooks(redis(), 10, 60_000)).to.deep.equal(['acme wh_1']);
    expect(await takeDueWebhooks(redis(), 10, 60_000), 'soon after').to.deep.equal([]);
    expect(await readState(redis(), webhook.id)).to.include({ cursor: '1000-0', cursorSeq: 7 });
  });

  it('list what is due by then, soonest first', async () => {
    await make();
    const due = [
      [30, 'c'],
      [10, 'a'],
      [20, 'b'],
    ] as const;
    await takeOverEvents(redis(), webhook, { from: '500-0', cursor: '1000-0', seq: 7, skipped: '', due });
    for (const [until, count, found] of [
      ['+inf', undefined, ['a', 'b', 'c']],
      ['+inf', 1, ['a']],
      [20, 5, ['a', 'b']],
      [9, 5, []],
    ] as const)
      expect(await listDue(redis(), webhook.id, until, count)).to.deep.equal(found);
  });

  const delivery = (result: Delivery['result']): Delivery => ({
    event_id: 'e',
    type: 'user.created',
    attempt: 1,
    ms: 1,
    time: '2031-01-01T00:00:00.000Z',
    result,
  });
  const note = (result: Delivery['result'], nextAt?: number, askedUntil?: number) =>
    noteDelivery(redis(), webhook, {
      event: EVENT,
      delivery: delivery(result),
      now: 100,
      nextAt,
      pausedUntil: 200,
      askedUntil,
    });
  for (const [what, result, nextAt, askedUntil, left] of [
    [
      'was delivered',
      'delivered',
      undefined,
      undefined,
      { due: 0, tries: 0, since: 0, failing: undefined, paused: 0 },
    ],
    ['failed', 'failed', 5_000, undefined, { due: 1, tries: 1, since: 100, failing: 100, paused: 200 }],
    [
      'failed in its turn',
      'failed',
      undefined,
      undefined,
      { due: 1, tries: 1, since: 100, failing: 100, paused: 200 },
    ],
    [
      'was given up',
      'given_up',
      undefined,
      undefined,
      { due: 0, tries: 0, since: 100, failing: 100, paused: 200 },
    ],
    [
      'was refused for a while',
      'failed',
      5_000,
      9_000,
      { due: 1, tries: 1, since: 100, failing: 100, paused: 9_000 },
    ],
  ] as const)
    it(`note that an event ${what}`, async () => {
      await make();
      await takeOver();
      expect(await note(result, nextAt, askedUntil)).to.equal(left.since);
      expect(await countDue(redis(), webhook.id)).to.equal(left.due);
      expect(await countTries(redis(), webhook.id, EVENT)).to.equal(left.tries);
      expect(await redis().zscore(keys.webhookDue(webhook.id), EVENT)).to.equal(
        left.due === 0 ? null : String(nextAt ?? 1),
      );
      const { failingSince, pausedUntil } = await readState(redis(), webhook.id);
      expect({ failingSince, pausedUntil }).to.deep.equal({
        failingSince: left.failing,
        pausedUntil: left.paused,
      });
      expect(await listDeliveries(redis(), webhook.id, 10)).to.deep.equal([delivery(result)]);
    });

  it('note the outcome of that verification only which is under way', async () => {
    await make(unverified, { verifies: true });
    const { verification } = await readState(redis(), webhook.id);
    const said = { delivery: { ...delivery('failed'), event_id: 'another' }, nextAt: 5_000, event: 'failed' };
    await noteVerification(redis(), webhook, said);
    expect(await listDeliveries(redis(), webhook.id, 10)).to.deep.equal([]);
    await noteVerification(redis(), webhook, {
      ...said,
      delivery: { ...delivery('failed'), event_id: verification!.id },
    });
    expect((await readState(redis(), webhook.id)).verification).to.include({ tries: 1, nextAt: 5_000 });
    expect(await told()).to.deep.equal(['made', 'failed']);
  });

  for (const [what, change, isDue] of [
    ['enabled', {}, true],
    ['disabled', { status: 'disabled' }, false],
    ['not verified', { verified_at: undefined }, false],
  ] as const)
    it(`are ${isDue ? '' : 'not '}due again after their turn when they are ${what}`, async () => {
      await make();
      await takeOver();
      await writeWebhook(
        redis(),
        webhook,
        { was: webhook, becomes: { ...webhook, ...change } },
        { event: '' },
      );
      const later = redisNow() + 60_000;
      await rescheduleWebhook(redis(), 'acme', webhook.id, later);
      const at = await redis().zscore(keys.webhooksDue, 'acme wh_1');
      expect(at).to.equal(isDue ? String(later) : null);
    });

  it('forget what is lost, and tell of it once', async () => {
    await make();
    await takeOver();
    await dropDue(redis(), webhook, 'lost', [EVENT]);
    await dropDue(redis(), webhook, 'lost again', [EVENT]);
    expect(await countDue(redis(), webhook.id)).to.equal(0);
    expect(await told()).to.deep.equal(['made', 'lost']);
  });

  it('leave nothing behind when they go with their tenant, whatever comes late', async () => {
    await make();
    await takeOver();
    await note('failed', 5_000);
    await removeWebhooksOf(redis(), 'acme');
    expect(await note('failed', 5_000)).to.equal(0);
    expect(await takeOver()).to.equal(false);
    await rescheduleWebhook(redis(), 'acme', webhook.id, 0);
    expect(await redis().keys('*')).to.deep.equal([keys.registryOutbox]);
  });
});
