/** The event of a request: committed with the change, or left to whoever answers. */
import { expect } from 'chai';
import {
  createPendingEvent,
  retyped,
  systemEvent,
  toEvent,
  type EmittedEvent,
  type EventDraft,
} from '../../src/events/event.ts';

const draft: EventDraft = { type: 'thing.changed', principal: { kind: 'operator' }, target: 'from-path' };

describe('a pending event', () => {
  let recorded: number;
  let asked: number;
  const pending = () => {
    recorded = asked = 0;
    const makeDraft = () => {
      asked += 1;
      return draft;
    };
    return createPendingEvent(makeDraft, () => (recorded += 1));
  };

  const outcomes: [
    came: string,
    result: unknown,
    isDone: ((result: unknown) => boolean) | undefined,
    times: number,
  ][] = [
    ['true', true, undefined, 1],
    ['what was made', { id: 'x' }, undefined, 1],
    ['an empty text', '', undefined, 1],
    ['0', 0, undefined, 1],
    ['false', false, undefined, 0],
    ['nothing', undefined, undefined, 0],
    ['what its own rule takes', 'done', (result) => result === 'done', 1],
    ['what its own rule does not take', 'too many', (result) => result === 'done', 0],
    ['nothing, which its own rule takes', undefined, () => true, 1],
  ];
  for (const [came, result, isDone, times] of outcomes)
    it(`is ${times === 1 ? 'recorded' : 'left to others'} when its change came to ${came}`, async () => {
      expect(await pending().commit(() => result, isDone)).to.equal(result);
      expect(recorded).to.equal(times);
    });

  it('is left to others when its change failed', async () => {
    const failure = new Error('not written');
    const failed = await pending()
      .commit(() => Promise.reject(failure))
      .catch((error: unknown) => error);
    expect(failed).to.equal(failure);
    expect(recorded).to.equal(0);
  });

  it('asks what it tells of once, and only when there is something to tell', async () => {
    const event = pending();
    await event.commit(() => true);
    expect(asked).to.equal(0);
    await event.commit((text) => [text(), text()]);
    expect([asked, event.draft]).to.deep.equal([1, draft]);
  });

  const read = (text: string) => JSON.parse(text) as EmittedEvent;
  it('is another one each time that it is written, of what was made, or of what it is about', async () => {
    const texts = await pending().commit((text) => [text('made'), text()]);
    const [made, about] = texts.map(read);
    expect(made).to.include({ type: 'thing.changed', outcome: 'succeeded', target: 'made' });
    expect(about).to.include({ target: 'from-path' });
    expect(made?.id).to.not.equal(about?.id);
  });

  it('may be told as something else, and is the same event still', async () => {
    const event = retyped(pending(), 'thing.previewed');
    const text = await event.commit((write) => write());
    expect([read(text).type, event.draft.type, recorded]).to.deep.equal([
      'thing.previewed',
      'thing.previewed',
      1,
    ]);
  });
});

describe('an event', () => {
  for (const [outcome, type] of [
    ['succeeded', 'thing.changed'],
    ['accepted', 'thing.changed'],
    ['refused', 'request.refused'],
    ['failed', 'request.failed'],
    ['unknown', 'request.unknown'],
  ] as const)
    it(`is told as ${type} when it ended ${outcome}`, () =>
      void expect(toEvent(draft, { outcome }, 'e1')).to.include({ id: 'e1', type, target: 'from-path' }));

  it('of our own belongs to a tenant or to none, and may stand for many', () => {
    const own = JSON.parse(systemEvent('x.happened', 'acme', 'x1', { id: 'e1', count: 3 })) as object;
    expect(own).to.include({ id: 'e1', tenant_id: 'acme', target: 'x1', count: 3, outcome: 'succeeded' });
    expect(JSON.parse(systemEvent('x.happened', undefined, 'x1'))).to.not.have.any.keys('tenant_id', 'count');
  });
});
