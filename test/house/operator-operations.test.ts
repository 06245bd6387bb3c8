import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';

/** Operations that the operator may call beside others. */
const SHARED = ['getJob', 'listMyOperations'];

describe('operator operations', () => {
  it('take no other caller unless they are known to', () => {
    const described = [...loadContract().operations.values()].filter(({ security }) =>
      security.has('operator'),
    );
    const shared = described.filter(({ security, isOpen }) => security.size > 1 || isOpen);
    expect(described.length).to.be.above(SHARED.length);
    expect(
      shared.map(({ id }) => id).sort(),
      'an operation that the operator shares with others stands in this list, on purpose',
    ).to.deep.equal(SHARED);
  });
});
