/** What every operation must say of its answers. */
import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { nameRateLimitFields } from '../../src/start/rate-limit-fields.ts';

const operations = [...loadContract().operations.values()];

describe('answers in the contract', () => {
  it('have the RateLimit fields wherever somebody of a tenant may call', () => {
    for (const { id, security, answers } of operations) {
      if (!['user', 'apiKey', 'app'].some((scheme) => security.has(scheme as 'user'))) continue;
      for (const [status, { fields }] of answers)
        expect([...fields], `${id} ${status}`).to.include.members(['RateLimit', 'RateLimit-Policy']);
    }
  });

  it('get them when they are made, whether they stand alone or are shared', () => {
    const contract = {
      paths: {
        '/a': {
          get: {
            operationId: 'getA',
            security: [{ apiKey: [] }],
            responses: { '200': {}, '400': { $ref: '#/components/responses/Bad' } },
          },
          put: { operationId: 'putA', security: [{ operator: [] }], responses: { '200': {} } },
        },
      },
      components: {
        headers: { RateLimit: {}, 'RateLimit-Policy': {} },
        responses: { Bad: { headers: { Link: {} } } },
      },
    };
    nameRateLimitFields(contract);
    const fields = {
      'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
      RateLimit: { $ref: '#/components/headers/RateLimit' },
    };
    expect(contract.paths['/a'].get.responses['200']).to.deep.equal({ headers: fields });
    expect(contract.components.responses.Bad.headers).to.deep.equal({ Link: {}, ...fields });
    expect(contract.paths['/a'].put.responses['200']).to.deep.equal({});
  });

  it('say what becomes of a wrong request, everywhere', () => {
    for (const { id, answers, body, errors } of operations) {
      expect([...answers.keys()], id).to.include.members([400, 429, 500]);
      if (!body) continue;
      const wrongBody = [408, 413, 415, ...(errors === 'oauth' ? [] : [422])];
      expect([...answers.keys()], id).to.include.members(wrongBody);
    }
  });
});
