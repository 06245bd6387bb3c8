/** An address that cannot be connected to is left out, and tried again, less and less often. */
import { expect } from 'chai';
import { CircuitBreaker } from '../../src/gateway/circuit-breaker.ts';

describe('the circuit breaker of an address', () => {
  let now = 0;
  let breaker: CircuitBreaker;
  beforeEach(() => {
    now = 1_000;
    breaker = new CircuitBreaker(() => now);
  });

  const fail = (count: number) => {
    for (let i = 0; i < count; i += 1) breaker.failed();
  };

  it('opens with the third failure in a row, and not before', () => {
    fail(2);
    breaker.connected();
    fail(2);
    expect([breaker.isOpen, breaker.admits()]).to.deep.equal([false, true]);
    fail(1);
    expect([breaker.isOpen, breaker.admits(), breaker.waitMs()]).to.deep.equal([true, false, 1_000]);
  });

  it('then admits one request after a second, whose outcome decides', () => {
    fail(3);
    now += 999;
    expect(breaker.admits()).to.equal(false);
    now += 1;
    expect([breaker.waitMs(), breaker.admits(), breaker.admits()]).to.deep.equal([0, true, false]);
    breaker.connected();
    expect([breaker.isOpen, breaker.admits(), breaker.admits()]).to.deep.equal([false, true, true]);
  });

  it('waits twice as long after each probe that fails, at most 30 seconds, and a second again after one that does not', () => {
    fail(3);
    const waits = Array.from({ length: 7 }, () => {
      const wait = breaker.waitMs();
      now += wait;
      expect(breaker.admits()).to.equal(true);
      breaker.failed();
      return wait;
    });
    expect(waits).to.deep.equal([1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * 1_000));
    now += breaker.waitMs();
    breaker.admits();
    breaker.connected();
    fail(3);
    expect(breaker.waitMs()).to.equal(1_000);
  });

  it('does not wait longer because requests that were under way fail, too', () => {
    fail(9);
    expect(breaker.waitMs()).to.equal(1_000);
  });

  it('admits another probe when the first was given up before it was connected', () => {
    fail(3);
    now += 1_000;
    breaker.admits();
    breaker.abandoned();
    expect([breaker.isOpen, breaker.admits()]).to.deep.equal([true, true]);
  });
});
