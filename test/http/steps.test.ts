/** What a request to an operation goes through, as it is composed from the contract. */
import { expect } from 'chai';
import { loadContract, type OperationId } from '../../src/contract/load-contract.ts';
import { createValidators } from '../../src/contract/validators.ts';
import { stepsOf } from '../../src/http/steps/index.ts';

describe('the steps of an operation', () => {
  const contract = loadContract();
  const validators = createValidators(contract);
  const namesOf = (id: OperationId): string[] => {
    const description = contract.operations.get(id)!;
    const operation = { description, validators: validators.forOperation(description) };
    return stepsOf(operation as never, { services: {}, watch: {}, places: {} } as never).map(
      ({ name }) => name,
    );
  };
  const END = ['checkQuery', 'validateInput', 'negotiate', 'runHandler', 'validateAnswer', 'sendAnswer'];
  const composed: [OperationId, string[]][] = [
    ['getHealth', ['limitUnnamed', ...END]],
    ['getMe', ['authenticate', 'limitRequests', 'authorize', 'refuseIfRevoked', ...END]],
    [
      'createUser',
      ['authenticate', 'limitRequests', 'authorize', 'limitOutbox', 'readBody', 'refuseIfRevoked', ...END],
    ],
    [
      'recordServiceEvent',
      ['authenticate', 'limitRequests', 'authorize', 'limitOutbox', 'readBody', 'refuseIfRevoked', ...END],
    ],
    ['deleteUser', ['authenticate', 'limitRequests', 'authorize', 'limitOutbox', 'refuseIfRevoked', ...END]],
  ];
  for (const [id, steps] of composed)
    it(`are those that its contract needs: ${id}`, () => {
      expect(namesOf(id)).to.deep.equal(steps);
    });

  it('authenticate and authorize before a body is read, and check the caller again after it, wherever there is one', () => {
    for (const [id, { security, body }] of contract.operations) {
      const steps = namesOf(id);
      const first = steps.indexOf('readBody');
      expect(first >= 0, id).to.equal(body !== undefined);
      if (security.size === 0) continue;
      const order = [
        'authenticate',
        'authorize',
        ...(body ? ['readBody'] : []),
        'refuseIfRevoked',
        'runHandler',
      ];
      expect(
        steps.filter((step) => order.includes(step)),
        id,
      ).to.deep.equal(order);
    }
  });

  it('limit whoever is nobody of a tenant, and check each answer', () => {
    for (const [id, { security, isOpen, method }] of contract.operations) {
      const steps = namesOf(id);
      const isForRegistrants = security.has('initialAccessToken') || security.has('registrationToken');
      expect(steps.includes('limitUnnamed'), id).to.equal(security.size === 0 || isOpen || isForRegistrants);
      expect(steps.includes('limitOutbox'), id).to.equal(method !== 'get');
      expect(steps.slice(-6), id).to.deep.equal(END);
    }
  });
});
