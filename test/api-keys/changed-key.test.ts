import { expect } from 'chai';
import { addedScopes, changedKey, sameScopes } from '../../src/api-keys/changed-key.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';

const ADMIN = { kind: 'user', id: 'auth0|1' } as const;

const keyWith = (scopes?: string[]): ApiKeyClient => ({
  kind: 'tenant',
  client_id: 'key',
  tenant_id: 'acme',
  name: 'A key',
  created_at: '2026-11-30T09:00:00.000Z',
  ...(scopes && { scopes }),
});

describe('the entry of an API key that is changed', () => {
  it('has the new name and scopes, and is otherwise as it was', () => {
    const was = keyWith(['a']);
    expect(changedKey(was, { name: 'Another' }, ADMIN)).to.deep.equal({ ...was, name: 'Another' });
    expect(changedKey(was, { scopes: ['b', 'a'] }, ADMIN)).to.deep.equal({ ...was, scopes: ['b', 'a'] });
  });

  it('is not changed to what it is, in whatever order', () => {
    const was = keyWith(['a', 'b']);
    expect(changedKey(was, { name: 'A key', scopes: ['b', 'a'] }, ADMIN)).to.equal(undefined);
    expect(changedKey(was, {}, ADMIN)).to.equal(undefined);
  });

  it('notes when somebody else has taken scopes, and not when the key has done so itself', () => {
    const was = keyWith(['a', 'b']);
    const narrowings = [['a'], ['a', 'c']];
    for (const scopes of narrowings) {
      expect(changedKey(was, { scopes }, ADMIN)).to.have.property('narrowed_at');
      expect(changedKey(was, { scopes }, { kind: 'tenant', id: 'other' })).to.have.property('narrowed_at');
      expect(changedKey(was, { scopes }, { kind: 'tenant', id: 'key' })).to.not.have.property('narrowed_at');
    }
    expect(changedKey(was, { scopes: ['a', 'b', 'c'] }, ADMIN)).to.not.have.property('narrowed_at');
  });

  it('counts every scope as new and as taken where the registry does not know what the key had', () => {
    expect(addedScopes(keyWith(), ['a'])).to.deep.equal(['a']);
    expect(changedKey(keyWith(), { scopes: ['a'] }, ADMIN)).to.have.property('narrowed_at');
  });

  it('compares scopes as sets', () => {
    expect(sameScopes(['a', 'b'], ['b', 'a'])).to.equal(true);
    expect(sameScopes(['a', 'b'], ['a', 'c'])).to.equal(false);
    expect(sameScopes(['a'], ['a', 'b'])).to.equal(false);
    expect(sameScopes([], undefined)).to.equal(false);
    expect(sameScopes(undefined, undefined)).to.equal(true);
  });
});
