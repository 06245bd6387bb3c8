import { expect } from 'chai';
import {
  assignableRoles,
  checkAssignable,
  defaultRoles,
  grantableRoles,
} from '../../src/authorization/assignable-roles.ts';
import { Problem } from '../../src/problem.ts';

const table = new Map<string, readonly string[]>([
  ['admin', ['read:a', 'update:a']],
  ['member', ['read:a']],
  ['guest', []],
]);
const held = { none: [], read: ['read:a'], all: ['read:a', 'update:a'] } as const;
const settings = {
  'says nothing': {},
  'has no admin': { assignable_roles: ['member'] },
  'has none': { assignable_roles: [] },
};

/** setting × kind × scopes → roles that may be given. */
const grantable: Record<keyof typeof settings, Record<string, Record<keyof typeof held, string[]>>> = {
  'says nothing': {
    user: { none: ['guest'], read: ['member', 'guest'], all: ['admin', 'member', 'guest'] },
    tenant: { none: ['guest'], read: ['member', 'guest'], all: ['admin', 'member', 'guest'] },
    app: { none: ['guest'], read: ['member', 'guest'], all: ['member', 'guest'] },
  },
  'has no admin': {
    user: { none: [], read: ['member'], all: ['member'] },
    tenant: { none: [], read: ['member'], all: ['member'] },
    app: { none: [], read: ['member'], all: ['member'] },
  },
  'has none': {
    user: { none: [], read: [], all: [] },
    tenant: { none: [], read: [], all: [] },
    app: { none: [], read: [], all: [] },
  },
};

function codeOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('assignable roles', () => {
  it('are all that are declared, where the tenant says nothing', () => {
    expect(assignableRoles({}, table)).to.deep.equal(['admin', 'member', 'guest']);
    expect(assignableRoles({ assignable_roles: ['member'] }, table)).to.deep.equal(['member']);
  });

  for (const [says, byKind] of Object.entries(grantable) as [
    keyof typeof settings,
    (typeof grantable)['has none'],
  ][])
    for (const [kind, byScopes] of Object.entries(byKind))
      for (const [scopes, may] of Object.entries(byScopes) as [keyof typeof held, string[]][])
        it(`${kind} with ${scopes}, tenant ${says}: ${may.join(', ') || 'none'}`, () => {
          const tenant = settings[says];
          const authority = { kind: kind as 'user', scopes: held[scopes] };
          expect(grantableRoles(tenant, table, authority)).to.deep.equal(may);
          for (const role of [...table.keys(), 'ghost']) {
            const isAssignable = assignableRoles(tenant, table).includes(role);
            expect(
              codeOf(() => checkAssignable(tenant, table, authority, [role])),
              role,
            ).to.equal(
              may.includes(role) ? undefined : isAssignable ? 'role_not_grantable' : 'role_not_assignable',
            );
          }
          expect(codeOf(() => checkAssignable(tenant, table, authority, []))).to.equal(undefined);
          expect(codeOf(() => checkAssignable(tenant, table, authority, may))).to.equal(undefined);
          // One of several is enough to refuse them all.
          expect(codeOf(() => checkAssignable(tenant, table, authority, [...may, 'ghost']))).to.equal(
            'role_not_assignable',
          );
        });

  it('are `member` by default, and none where that would be more than the caller may give', () => {
    expect(defaultRoles(['admin', 'member'])).to.deep.equal(['member']);
    expect(defaultRoles(['member'])).to.deep.equal(['member']);
    expect(defaultRoles(['admin'])).to.deep.equal([]);
    expect(defaultRoles([])).to.deep.equal([]);
  });
});
