import { expect } from 'chai';
import { refuseMismatch } from '../../src/http/steps/match-operation.ts';
import { ContractFault, loadContract } from '../../src/contract/load-contract.ts';

const operation = (extra: object) => ({
  openapi: '3.1.0',
  paths: {
    '/x': {
      get: {
        operationId: 'getX',
        'x-event': 'none',
        'x-stores': 'none',
        responses: { 200: { description: 'x' } },
        ...extra,
      },
    },
  },
});

describe('contract', () => {
  it('refuses an operation that does not say who may call it', () => {
    expect(() => loadContract(operation({}))).to.throw(ContractFault, 'getX: no security');
  });

  it('refuses a scheme that there is no authenticator for', () => {
    expect(() => loadContract(operation({ security: [{ cookie: [] }] }))).to.throw(ContractFault, 'getX');
  });

  it('refuses two schemes at once', () => {
    expect(() => loadContract(operation({ security: [{ user: [], app: [] }] }))).to.throw(
      ContractFault,
      'getX',
    );
  });

  it('refuses an operation that names no scopes for callers who have some, unless it is about the caller itself', () => {
    for (const scheme of ['user', 'apiKey', 'app']) {
      const silent = { security: [{ [scheme]: [] }] };
      expect(() => loadContract(operation(silent))).to.throw(
        ContractFault,
        `getX: \`${scheme}\` names no scopes`,
      );
      expect(loadContract(operation({ ...silent, 'x-self': 'caller' })).operations.size).to.equal(1);
    }
  });

  it('refuses what decides nothing any more, and a path parameter that is not there', () => {
    expect(() => loadContract(operation({ security: [], 'x-roles': ['admin'] }))).to.throw(
      ContractFault,
      'getX: x-roles decides nothing',
    );
    expect(() => loadContract(operation({ security: [], 'x-self': 'user_id' }))).to.throw(
      ContractFault,
      'getX: x-self names user_id',
    );
  });

  it('refuses a role with a scope that is none, a scope of users that no role holds, and roles that schemas do not know', () => {
    const scoped = {
      ...operation({ security: [{ user: ['read:x'] }] }),
      'x-scopes': { 'read:x': 'See x' },
      components: { schemas: { RoleName: { enum: ['reader'] } } },
    };
    const fault = (roles: Record<string, string[]>, says: string) =>
      expect(() => loadContract({ ...scoped, 'x-role-scopes': roles })).to.throw(ContractFault, says);
    expect(
      loadContract({ ...scoped, 'x-role-scopes': { reader: ['read:x'] } }).roles.get('reader'),
    ).to.deep.equal(['read:x']);
    fault({ reader: ['read:x', 'read:y'] }, 'reader holds read:y, which no operation names');
    fault({ reader: [] }, 'no role holds read:x');
    fault({ reader: ['read:x'], other: [] }, 'the schema RoleName differ on other');
  });

  it('refuses a scope without words for it, and words without a scope', () => {
    const scoped = operation({ security: [{ apiKey: ['read:x'] }] });
    expect(() => loadContract(scoped)).to.throw(ContractFault, 'read:x');
    expect(() =>
      loadContract({ ...operation({ security: [] }), 'x-scopes': { 'read:y': 'See y' } }),
    ).to.throw('read:y');
  });

  it('refuses an operation that does not say what is told of it, and a change that nothing is told of', () => {
    const silent = operation({ security: [], 'x-event': undefined });
    expect(() => loadContract(silent)).to.throw(ContractFault, 'getX: no x-event');
    const { get } = operation({ security: [] }).paths['/x'];
    const change = { openapi: '3.1.0', paths: { '/x': { post: get } } };
    expect(() => loadContract(change)).to.throw(ContractFault, 'getX: no x-event');
  });

  it('is refused when handlers and operations differ, by name', () => {
    expect(() => refuseMismatch(['getMe', 'getJob'], ['getMe', 'getJbo'])).to.throw(
      'Operations without a handler: getJob. Handlers without an operation: getJbo.',
    );
    refuseMismatch(['getMe'], ['getMe']);
  });

  it('names the fields that are never logged', () => {
    // A name that goes from here is a change to look at twice.
    expect([...loadContract().sensitive].sort()).to.deep.equal([
      'client_secret',
      'contacts',
      'custom_password_hash',
      'data',
      'email',
      'family_name',
      'given_name',
      'identifier',
      'ip_address',
      'name',
      'nickname',
      'password',
      'password_hash',
      'password_url',
      'picture',
      'query',
      'registration_access_token',
      'reset_url',
      'secret',
      'token',
      'user_agent',
      'user_metadata',
    ]);
  });
});
