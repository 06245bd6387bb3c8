/** How much of the ingest thread an upload may have, by clocks that stand still unless the test moves them. */
import { expect } from 'chai';
import { createPace } from '../../../src/imports/ingest/pace.ts';
import { createTurns } from '../../../src/imports/ingest/turns.ts';
import { createUploadSource } from '../../../src/imports/ingest/upload-source.ts';
import { Problem } from '../../../src/problem.ts';

const KIB = Buffer.alloc(1_024);
const DAY_MS = 86_400_000;

function start({ received = KIB, maxCpuMs = DAY_MS } = {}) {
  const now = { wall: 0, processor: 0 };
  const source = createUploadSource(() => undefined);
  source.add(received);
  const clock = { wall: () => now.wall, processor: () => now.processor };
  const pace = createPace({ turns: createTurns(), tenantId: 'acme', source, maxCpuMs, clock });
  const work = (ms: number) => {
    now.wall += ms;
    now.processor += ms;
  };
  return { pace, source, now, work };
}

describe('the pace of an upload', () => {
  it('ends with 413 when it takes more work than its size explains', () => {
    const { pace, work } = start();
    pace.resume();
    work(2_000);
    void pace.check();
    work(100);
    expect(() => pace.check())
      .to.throw(Problem)
      .with.property('code', 'import_too_large');
  });

  it('leaves a larger one more, up to a limit', () => {
    const large = Buffer.alloc(1_048_576);
    const one = start({ received: large });
    one.pace.resume();
    one.work(11_000);
    void one.pace.check();
    const other = start({ received: large, maxCpuMs: 5_000 });
    other.pace.resume();
    other.work(6_000);
    expect(() => other.pace.check()).to.throw('At most 5.0 s of processor time for 1048576 bytes');
  });

  for (const [what, wall, processor] of [
    ['the time that the thread did not have the processor', 1_000, 0],
    ['the work of other threads', 0, 1_000],
  ] as const)
    it(`leaves out ${what}, and what was waited for`, () => {
      const { pace, now } = start();
      for (let second = 0; second < 60; second += 1) {
        pace.resume();
        now.wall += wall;
        now.processor += processor;
        pace.pause();
        now.wall += 1_000;
      }
      pace.resume();
      expect(() => pace.check()).to.not.throw();
    });

  it('ends when the sender is gone, wherever it is', () => {
    const { pace, source } = start();
    pace.resume();
    source.break();
    expect(() => pace.check()).to.throw('the sender has disconnected');
    expect(() => pace.resume()).to.throw('the sender has disconnected');
  });

  it('goes in slices, one tenant after the other, however many uploads one has', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const takes = (tenantId: string) => turns.next(tenantId).then(() => order.push(tenantId));
    await Promise.all([...Array.from({ length: 5 }, () => takes('many')), takes('one'), takes('two')]);
    expect(order).to.deep.equal(['many', 'one', 'two', 'many', 'many', 'many', 'many']);
  });
});
