import { expect } from 'chai';
import { grantableScopes } from '../../src/authorization/grantable-scopes.ts';

const caller = { tenantId: 'acme', clientId: 'c', scopes: ['read:tenant', 'manage:api_keys'] };
const person = { userId: 'auth0|me', roles: ['admin'] };

describe('the scopes that a caller may hand on to a key', () => {
  it('are its own', () => {
    expect([...grantableScopes({ kind: 'tenant', ...caller })]).to.deep.equal(caller.scopes);
    expect([...grantableScopes({ kind: 'user', ...caller, ...person })]).to.deep.equal(caller.scopes);
  });

  it('are none of an app, which acts for somebody', () => {
    const app = { kind: 'app' as const, ...caller, ...person, grantedScopes: caller.scopes };
    expect([...grantableScopes(app)]).to.deep.equal([]);
  });
});
