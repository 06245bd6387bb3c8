import { expect } from 'chai';
import { checkMaker, rolesNow, type UserChange } from '../../src/authorization/roles-now.ts';
import { Problem } from '../../src/problem.ts';

const AT = 1_000;
const table = new Map<string, readonly string[]>([
  ['admin', ['read:a', 'update:a']],
  ['member', ['read:a']],
]);
const demoted: UserChange = { roles: ['member'], rolesUpTo: AT, narrowedUpTo: AT + 600, refusedUpTo: -1 };
const promoted: UserChange = { ...demoted, roles: ['admin', 'member'] };
const blocked: UserChange = { ...demoted, refusedUpTo: AT };
const doubted: UserChange = { refusedUpTo: AT };

function outcome<T>(act: () => T): T | string {
  try {
    return act();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('roles as they are now', () => {
  const both = ['admin', 'member'];
  const rows: [string, UserChange | undefined, string[], number, string[] | string][] = [
    ['nothing was changed: what the token says', undefined, both, AT, both],
    ['demoted: a token from before says too much', demoted, both, AT - 1, ['member']],
    ['demoted: one of the same second, too', demoted, both, AT, ['member']],
    ['demoted: one whose sign-in began before, too', demoted, both, AT + 1, ['member']],
    ['demoted: until nobody can be signing in since then', demoted, both, AT + 600, ['member']],
    ['a newer one counts by itself', demoted, both, AT + 601, both],
    [
      'so soon a newer one has what both say: no more than the registry does',
      demoted,
      ['admin'],
      AT + 1,
      ['member'],
    ],
    ['and no more than it says itself', { ...promoted, roles: ['admin'] }, ['member'], AT + 1, ['member']],
    ['nothing where they have nothing in common', { ...demoted, roles: [] }, ['admin'], AT + 1, []],
    ['promoted: a token from before gets more', promoted, ['member'], AT, both],
    ['promoted: one that says less since counts by itself', promoted, ['member'], AT + 601, ['member']],
    ['blocked: a token from before is refused', blocked, both, AT, 'invalid_token'],
    ['blocked: a newer one is not, and says no more', blocked, both, AT + 1, ['member']],
    ['in doubt: a token from before is refused', doubted, both, AT, 'invalid_token'],
    ['in doubt: a newer one counts by itself', doubted, both, AT + 1, both],
  ];
  for (const [what, change, roles, issuedAt, expected] of rows)
    it(what, () => {
      expect(outcome(() => rolesNow(table, { roles, issuedAt }, change))).to.deep.equal(expected);
    });
});

describe('whoever asked for a job that waits', () => {
  const rows: [string, UserChange | undefined, string[], number, string | undefined][] = [
    ['has it done when nothing was changed', undefined, ['admin'], AT, undefined],
    ['not when demoted since', demoted, ['admin'], AT, 'insufficient_role'],
    [
      'not when the roles that it had are other ones now',
      { ...demoted, roles: [] },
      ['member'],
      AT,
      'insufficient_role',
    ],
    ['when promoted since', promoted, ['member'], AT, undefined],
    ['not when blocked or deleted since', blocked, ['member'], AT, 'invalid_token'],
    ['when it asked with what it has now', demoted, ['member'], AT - 5, undefined],
  ];
  for (const [what, change, roles, issuedAt, expected] of rows)
    it(what, () => {
      expect(outcome(() => checkMaker(table, { roles, issuedAt }, change))).to.equal(expected);
    });

  it('is told what it lacks', () => {
    const act = () => checkMaker(table, { roles: ['admin'], issuedAt: AT }, demoted);
    expect(act).to.throw(Problem).with.nested.property('parts.scopes').that.deep.equals(['update:a']);
  });
});
