import { expect } from 'chai';
import { authorize } from '../../src/authorization/authorize.ts';
import { scopesOfRoles } from '../../src/authorization/roles.ts';
import { loadContract, type OperationId } from '../../src/contract/load-contract.ts';
import { Problem } from '../../src/problem.ts';
import type { AnyPrincipal, Principal } from '../../src/principal.ts';

const { operations, roles: table } = loadContract();
const caller = { tenantId: 'acme', clientId: 'c' };
const user = (...roles: string[]): Principal => ({
  kind: 'user',
  ...caller,
  scopes: scopesOfRoles(table, roles),
  userId: 'auth0|me',
  roles,
});
const key = (...scopes: string[]): Principal => ({ kind: 'tenant', ...caller, scopes });
const app = (scopes: string[], roles: string[]): Principal => ({
  kind: 'app',
  ...caller,
  scopes: scopes.filter((scope) => scopesOfRoles(table, roles).includes(scope)),
  grantedScopes: scopes,
  userId: 'auth0|me',
  roles,
});

function refusal(
  id: OperationId,
  principal: AnyPrincipal,
  path: Record<string, string> = {},
): string | undefined {
  try {
    authorize(operations.get(id)!, principal, path);
    return undefined;
  } catch (error) {
    return (error as Problem).code;
  }
}

describe('authorize', () => {
  it('lets a user in by the scopes of its roles', () => {
    expect(refusal('listUsers', user('admin'))).to.equal(undefined);
    expect(refusal('listUsers', user('member'))).to.equal('insufficient_role');
    expect(refusal('listUsers', user())).to.equal('insufficient_role');
  });

  it('lets a key in by scope', () => {
    expect(refusal('listUsers', key('read:users'))).to.equal(undefined);
    expect(refusal('listUsers', key('create:users'))).to.equal('insufficient_scope');
  });

  it('lets an app do no more than its scopes and no more than its user', () => {
    expect(refusal('listUsers', app(['read:users'], ['admin']))).to.equal(undefined);
    expect(refusal('listUsers', app([], ['admin']))).to.equal('insufficient_scope');
    expect(refusal('listUsers', app(['read:users'], ['member']))).to.equal('insufficient_role');
  });

  it('lets a service record its events, and do nothing else', () => {
    const service: AnyPrincipal = { kind: 'service', service: 'orders', scopes: [] };
    const allowed = [...operations.keys()].filter((id) => refusal(id, service) === undefined);
    expect(allowed).to.deep.equal(['recordServiceEvent']);
    expect(refusal('recordServiceEvent', key('read:users'))).to.equal('caller_not_allowed');
  });

  it('lets the authority deliver its events, and do nothing else', () => {
    const authority: AnyPrincipal = { kind: 'authority', scopes: [] };
    const allowed = [...operations.keys()].filter((id) => refusal(id, authority) === undefined);
    expect(allowed).to.deep.equal(['receiveAuthorityEvent']);
    expect(refusal('receiveAuthorityEvent', key('read:users'))).to.equal('caller_not_allowed');
  });

  it('lets a user see itself whatever its roles, and an app with it', () => {
    expect(refusal('getUser', user('member'), { user_id: 'auth0|me' })).to.equal(undefined);
    expect(refusal('getUser', user('member'), { user_id: 'auth0|other' })).to.equal('insufficient_role');
    expect(refusal('getUser', app(['read:users'], []), { user_id: 'auth0|me' })).to.equal(undefined);
    expect(refusal('getUser', app([], []), { user_id: 'auth0|me' })).to.equal('insufficient_scope');
  });

  it('refuses a kind that the operation does not name', () => {
    const onlyUsers = { ...operations.get('getMe')!, security: new Map([['user' as const, []]]) };
    expect(() => authorize(onlyUsers, key(), {}))
      .to.throw(Problem)
      .with.property('code', 'caller_not_allowed');
  });

  it('asks for every scope that is named, not for one of them', () => {
    const needed = ['read:users', 'read:tenant'];
    const operation = {
      ...operations.get('listUsers')!,
      security: new Map(['user', 'apiKey', 'app'].map((scheme) => [scheme as 'user', needed])),
    };
    const both: Principal[] = [key(...needed), user('admin'), app(needed, ['admin'])];
    const one: Principal[] = [
      ...needed.map((scope) => key(scope)),
      user('member'),
      ...needed.map((scope) => app([scope], ['admin'])),
      app(needed, ['member']),
    ];
    for (const principal of both) expect(() => authorize(operation, principal, {})).not.to.throw();
    for (const principal of one)
      expect(() => authorize(operation, principal, {}))
        .to.throw(Problem)
        .with.nested.property('parts.scopes')
        .that.deep.equals(needed);
  });
});
