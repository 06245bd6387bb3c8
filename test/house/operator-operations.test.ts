import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { operatorOperations } from '../../src/operations/operation.ts';

describe('operator operations', () => {
  it('are those of the contract, and take no other caller', () => {
    const described = [...loadContract().operations.values()].filter(({ security }) =>
      security.has('operator'),
    );
    expect(described.map(({ id }) => id).sort()).to.deep.equal([...operatorOperations].sort());
    for (const { security } of described) expect([...security.keys()]).to.deep.equal(['operator']);
  });
});
