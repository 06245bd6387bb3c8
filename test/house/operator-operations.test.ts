import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { operatorOperations, sharedWithOperator } from '../../src/operations/operation.ts';

describe('operator operations', () => {
  it('are those of the contract, and take no other caller unless they are known to', () => {
    const described = [...loadContract().operations.values()].filter(({ security }) =>
      security.has('operator'),
    );
    const [own, shared] = [true, false].map((isOwn) =>
      described.filter(({ security }) => (security.size === 1) === isOwn).map(({ id }) => id),
    );
    expect(own!.sort()).to.deep.equal([...operatorOperations].sort());
    expect(shared!.sort()).to.deep.equal([...sharedWithOperator].sort());
  });
});
