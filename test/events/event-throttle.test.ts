/** What happens too often is told one by one at first, then summed up. By a clock of the test's own. */
import { expect } from 'chai';
import { createEventThrottle } from '../../src/events/event-throttle.ts';
import type { EmittedEvent } from '../../src/events/event.ts';

const ONE_BY_ONE = 20;
const EVERY_MS = 10_000;

describe('the throttle of events', () => {
  const refusal = (more: Partial<EmittedEvent> = {}): EmittedEvent => ({
    id: 'e',
    time: '2026-01-01T00:00:00.000Z',
    type: 'request.refused',
    outcome: 'refused',
    tenant_id: 'acme',
    principal: { kind: 'user', client_id: 'spa', user_id: 'u1' },
    operation: 'getUser',
    code: 'not_found',
    ...more,
  });
  const open = () => {
    const clock = { now: 0 };
    const throttle = createEventThrottle(() => clock.now);
    const passed = (count: number, more?: Partial<EmittedEvent>) =>
      Array.from({ length: count }, () => throttle.passes(refusal(more))).filter(Boolean).length;
    return { clock, throttle, passed };
  };

  it('lets the first ones pass, and sums up the rest', () => {
    const { clock, throttle, passed } = open();
    expect(passed(ONE_BY_ONE + 7)).to.equal(ONE_BY_ONE);
    expect(throttle.due(false)).to.deep.equal([]);
    clock.now = EVERY_MS;
    expect(throttle.due(false).map(({ count }) => count)).to.deep.equal([7]);
    expect(throttle.due(true)).to.deep.equal([]);
  });

  it('gives out what it has at the end, and one that stands for itself has no count', () => {
    const { throttle, passed } = open();
    passed(ONE_BY_ONE + 1);
    expect(throttle.due(true)).to.deep.equal([refusal()]);
  });

  it('lets one more pass for each pause, up to as many as at first', () => {
    const { clock, throttle, passed } = open();
    passed(ONE_BY_ONE + 1);
    clock.now = EVERY_MS;
    throttle.due(false);
    clock.now += 2 * EVERY_MS;
    expect(passed(3)).to.equal(2);
    throttle.due(true);
    clock.now += 1_000 * EVERY_MS;
    expect(passed(ONE_BY_ONE + 1)).to.equal(ONE_BY_ONE);
  });

  const others: [what: string, more: Partial<EmittedEvent>][] = [
    ['another tenant', { tenant_id: 'globex' }],
    ['another client', { principal: { kind: 'user', client_id: 'other', user_id: 'u1' } }],
    ['another user', { principal: { kind: 'user', client_id: 'spa', user_id: 'u2' } }],
    ['another kind of caller', { principal: { kind: 'app', client_id: 'spa', user_id: 'u1' } }],
    ['another operation', { operation: 'listUsers' }],
    ['another code', { code: 'missing_scope' }],
  ];
  for (const [what, more] of others)
    it(`counts what is of ${what} by itself`, () => {
      const { passed } = open();
      passed(ONE_BY_ONE + 1);
      expect(passed(1, more)).to.equal(1);
    });
});
