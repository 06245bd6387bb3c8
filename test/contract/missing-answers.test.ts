/** An answer that an operation can give and does not describe is named, with what to write. */
import { expect } from 'chai';
import { checkAnswers } from '../../src/contract/answers.ts';
import { ContractFault, loadContract } from '../../src/contract/load-contract.ts';

import type { ContractDocument, Method } from '../../src/contract/document.ts';
const { document } = loadContract();
const faultOf = (contract: ContractDocument): string | undefined => {
  try {
    checkAnswers(loadContract(contract));
    return undefined;
  } catch (error) {
    if (!(error instanceof ContractFault)) throw error;
    return error.message;
  }
};

/** The real contract, without one answer. */
function without(path: string, method: Method, status: number): ContractDocument {
  const copy = structuredClone(document);
  delete copy.paths[path]![method]!.responses![status];
  return copy;
}

const TABLE: [operation: string, path: string, method: Method, statuses: number[]][] = [
  ['getUser', '/v1/users/{user_id}', 'get', [202, 400, 401, 403, 406, 429, 500, 502, 503]],
  ['createUser', '/v1/users', 'post', [202, 400, 401, 403, 406, 408, 413, 415, 422, 429, 500, 502, 503]],
  ['getTenant', '/v1/tenant', 'get', [400, 401, 403, 406, 429, 500, 503]],
  ['suspendTenant', '/v1/tenants/{tenant_id}/suspend', 'post', [400, 401, 403, 406, 429, 500, 502, 503]],
  ['registerApp', '/oauth/register', 'post', [400, 401, 403, 406, 408, 413, 415, 429, 500, 502, 503]],
  ['getRegisteredApp', '/oauth/register/{client_id}', 'get', [400, 401, 406, 429, 500, 503]],
  ['startAuthorization', '/oauth/authorize', 'get', [400, 406, 429, 500, 502, 503]],
  ['getHealth', '/healthz', 'get', [400, 406, 429, 500]],
];

describe('answers that the contract leaves out', () => {
  it('are none', () => {
    expect(faultOf(document)).to.equal(undefined);
  });

  for (const [id, path, method, statuses] of TABLE)
    for (const status of statuses)
      it(`${status} of ${id} is missed`, () => {
        expect(faultOf(without(path, method, status))).to.match(
          new RegExp(
            String.raw`^${id}: responses lack \`'${status}': \{ \$ref: \.\./(error|oauth|relay)-answers\.yaml#/\w+ \}\` \(`,
          ),
        );
      });

  it('are not asked of an operation that cannot give them', () => {
    for (const status of [200, 404])
      expect(faultOf(without('/v1/users/{user_id}', 'get', status)), String(status)).to.equal(undefined);
  });

  it('name wording that is there', () => {
    // Each reference of the sentences is one that the real contract uses: its answers are shared by name.
    const shared = Object.keys(document.components!.responses!);
    for (const [, path, method, statuses] of TABLE)
      for (const status of statuses) {
        const [, name] = /#\/(\w+) \}/.exec(faultOf(without(path, method, status))!)!;
        expect(
          shared.some((one) => one.startsWith(name!)),
          name,
        ).to.equal(true);
      }
  });
});

describe('x-relay', () => {
  it('names the operation itself', () => {
    const copy = structuredClone(document);
    copy.paths['/v1/users']!.get!['x-relay'] = 'getUser';
    expect(faultOf(copy)).to.equal('listUsers: x-relay says "getUser"; write `x-relay: listUsers`');
  });
});
