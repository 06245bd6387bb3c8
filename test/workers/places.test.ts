import { expect } from 'chai';
import { Places } from '../../workers/places.ts';

describe('places of a worker', () => {
  /** Takes as many as it may have. */
  function fill(places: Places, flows: string[], count: number) {
    const held = new Map<string, number>();
    for (let taken = 0; taken < count;) {
      const open = flows.filter((flow) => !places.full().includes(flow));
      if (open.length === 0) break;
      for (const flow of open) {
        if (taken === count || places.full().includes(flow)) continue;
        places.enter(flow);
        held.set(flow, (held.get(flow) ?? 0) + 1);
        taken += 1;
      }
    }
    return held;
  }

  for (const [count, flows, most] of [
    [20, 1, 15],
    [20, 2, 18],
    [20, 5, 19],
    [4, 1, 3],
    [3, 1, 2],
    [2, 1, 1],
  ] as const)
    it(`leaves some of ${count} to others when ${flows} flow${flows > 1 ? 's' : ''} would take all`, () => {
      const places = new Places(count);
      const names = Array.from({ length: flows }, (_, i) => `flow-${i}`);
      const held = [...fill(places, names, count).values()];
      expect(held.reduce((sum, n) => sum + n, 0)).to.be.within(1, most);
      expect(Math.max(...held) - Math.min(...held)).to.be.at.most(1);
      expect(places.full()).not.to.include('somebody else');
    });

  it('gives a single place to anybody', () => {
    const places = new Places(1);
    expect(places.full()).to.deep.equal([]);
    const leave = places.enter('flow');
    leave();
    expect(places.full()).to.deep.equal([]);
  });

  it('gives further places when some are free again', () => {
    const places = new Places(4);
    const leave = ['flow', 'flow', 'flow'].map((flow) => places.enter(flow));
    expect(places.full()).to.deep.equal(['flow']);
    leave[0]!();
    expect(places.full()).to.deep.equal([]);
  });
});
