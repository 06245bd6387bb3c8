/**
 * The rule of who may give which role, and who has power over which user, as a table: each kind of caller × its scopes × each role, with
 * roles that hold what those of the contract do not. Nothing here reads `src/authorization` to know what is right.
 */
import { expect } from 'chai';
import {
  authorityOf,
  checkGrantableRoles,
  checkPowerOver,
  isGrantable,
  scopesOfRoles,
} from '../../src/authorization/roles.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { Problem } from '../../src/problem.ts';

/** `nothing` holds none; `reader` can only read; `helper` and `chief` can change something; `keeper` and `owner` share no scope. */
const table = new Map<string, readonly string[]>([
  ['nothing', []],
  ['reader', ['read:a']],
  ['auditor', ['read:a', 'read:b']],
  ['helper', ['read:a', 'update:a']],
  ['keeper', ['manage:k']],
  ['owner', ['delete:a', 'create:a']],
  ['chief', ['read:a', 'read:b', 'update:a', 'delete:a', 'create:a', 'manage:k']],
]);
const ALL = table.get('chief')!;
const UNKNOWN = ['ghost', '__proto__', 'constructor', 'Reader', ''];
const kinds = ['user', 'tenant', 'app'] as const;
type Kind = (typeof kinds)[number];

/** Every subset of the scopes. */
const subsets = ALL.reduce<string[][]>(
  (sets, scope) => [...sets, ...sets.map((set) => [...set, scope])],
  [[]],
);
const hasAll = (held: readonly string[], needed: readonly string[]) =>
  needed.every((one) => held.includes(one));
const reads = (scope: string) => /^read:/.test(scope);

function refusal(
  act: () => void,
): { code: string; scopes: string[] | undefined; pointers: string[] } | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { scopes, errors = [] } = error.parts;
    return { code: error.code, scopes, pointers: errors.map(({ pointer }) => pointer) };
  }
}

describe('roles', () => {
  describe('the scopes of roles', () => {
    it('are their union, each once', () => {
      expect(scopesOfRoles(table, ['reader', 'helper', 'keeper'])).to.have.members([
        'read:a',
        'update:a',
        'manage:k',
      ]);
      expect(scopesOfRoles(table, ['reader', 'reader'])).to.deep.equal(['read:a']);
      expect(scopesOfRoles(table, [])).to.deep.equal([]);
    });

    it('are none of a role that is not declared, whatever it is called', () => {
      for (const role of UNKNOWN) expect(scopesOfRoles(table, [role])).to.deep.equal([]);
      expect(scopesOfRoles(table, ['ghost', 'reader'])).to.deep.equal(['read:a']);
    });
  });

  it('has a caller give up nothing but its kind and scopes', () => {
    const principal = { kind: 'user' as const, scopes: ['read:a'], userId: 'auth0|me', tenantId: 't' };
    expect(authorityOf(principal)).to.deep.equal({ kind: 'user', scopes: ['read:a'] });
  });

  for (const kind of kinds) {
    describe(`a caller of kind ${kind}`, () => {
      for (const [role, needed] of table) {
        const never = kind === 'app' && !needed.every(reads);
        it(`grants ${role} ${never ? 'never' : `with ${needed.join(' ') || 'any scopes'} and not without`}`, () => {
          for (const scopes of subsets) {
            const may = !never && hasAll(scopes, needed);
            expect(isGrantable(table, { kind, scopes }, role), scopes.join(' ')).to.equal(may);
            const refused = refusal(() => checkGrantableRoles(table, { kind, scopes }, [role]));
            expect(refused?.code).to.equal(may ? undefined : 'role_not_grantable');
            if (refused) expect(refused.scopes).to.deep.equal(needed.filter((one) => !scopes.includes(one)));
          }
        });

        it(`has power over who is ${role} with ${needed.join(' ') || 'any scopes'} and not without`, () => {
          for (const scopes of subsets) {
            const refused = refusal(() => checkPowerOver(table, { kind, scopes }, [role]));
            const lacked = needed.filter((one) => !scopes.includes(one));
            expect(refused).to.deep.equal(
              lacked.length === 0 ? undefined : { code: 'user_beyond_scopes', scopes: lacked, pointers: [] },
            );
          }
        });
      }

      it('needs the scopes of all roles of a user together', () => {
        const of = (scopes: string[], roles: string[]) =>
          refusal(() => checkPowerOver(table, { kind, scopes }, roles))?.scopes;
        expect(of(['read:a'], ['reader', 'keeper'])).to.deep.equal(['manage:k']);
        expect(of(['manage:k'], ['reader', 'keeper'])).to.deep.equal(['read:a']);
        expect(of([], ['reader', 'keeper'])).to.deep.equal(['read:a', 'manage:k']);
        expect(of(['read:a', 'manage:k'], ['reader', 'keeper'])).to.equal(undefined);
      });

      it('has power over whoever has no role, or none that is declared', () => {
        for (const roles of [[], ...UNKNOWN.map((role) => [role])])
          expect(refusal(() => checkPowerOver(table, { kind, scopes: [] }, roles))).to.equal(undefined);
      });

      it('is told of each role that it may not grant, by its place', () => {
        const refused = refusal(() =>
          checkGrantableRoles(table, { kind, scopes: ['read:a'] }, ['keeper', 'reader', 'owner']),
        );
        expect(refused).to.deep.equal({
          code: 'role_not_grantable',
          scopes: ['manage:k', 'delete:a', 'create:a'],
          pointers: ['/roles/0', '/roles/2'],
        });
      });
    });
  }

  it('knows a scope that reads by its first word only', () => {
    const hidden = new Map([
      ['sly', ['ready:a']],
      ['slier', ['create:read:a']],
    ]);
    for (const [role, scopes] of hidden) {
      expect(isGrantable(hidden, { kind: 'app', scopes }, role)).to.equal(false);
      expect(isGrantable(hidden, { kind: 'tenant', scopes }, role)).to.equal(true);
    }
  });

  describe('of the contract', () => {
    const { roles, operations } = loadContract();
    const ownersOnly = [...roles].filter(([, scopes]) => !scopes.every(reads)).map(([role]) => role);

    it('can manage, or can only read: no app grants one of the first kind, with whatever scopes', () => {
      expect(ownersOnly).to.include('admin').and.not.include('member');
      const everything = [...new Set([...roles.values()].flat())];
      for (const role of roles.keys()) {
        const may = isGrantable(roles, { kind: 'app', scopes: everything }, role);
        expect(may, role).to.equal(!ownersOnly.includes(role));
      }
    });

    it('are within nobody who lacks one scope of them', () => {
      for (const [role, scopes] of roles)
        for (const kind of kinds as readonly Kind[])
          for (const lacking of scopes) {
            const authority = { kind, scopes: scopes.filter((scope) => scope !== lacking) };
            expect(isGrantable(roles, authority, role), `${kind} without ${lacking}`).to.equal(false);
            expect(refusal(() => checkPowerOver(roles, authority, [role]))?.scopes).to.deep.equal([lacking]);
          }
    });

    it('have no scope that operations ask of keys only', () => {
      const ofUsers = new Set([...operations.values()].flatMap(({ security }) => security.get('user') ?? []));
      for (const scopes of roles.values()) expect([...ofUsers]).to.include.members([...scopes]);
    });
  });
});
