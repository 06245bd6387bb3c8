import { expect } from 'chai';
import { appAccess, goesBeyond } from '../../src/authorization/app-access.ts';

const now = {
  name: 'Reports',
  shown: 's',
  scopes: ['a', 'b'],
  redirect_hosts: ['x.example', 'loopback'],
  keys: ['method none'],
};
const narrower = { ...now, scopes: ['a'] };
const approved = { status: 'approved' as const, identity: now };
const pending = { status: 'pending' as const, identity: now };
const vouched = { vouched_by: 'acme', vouched_on: now };

describe('access of an app', () => {
  const rows: [string, Parameters<typeof appAccess>[0], Parameters<typeof appAccess>[2], string][] = [
    ['approved by the configuration', approved, undefined, 'allowed'],
    ['approved as it is', { ...approved, status_on: now }, undefined, 'allowed'],
    ['approved as less', { ...approved, status_on: narrower }, undefined, 'denied'],
    ['approved before that was kept', { status: 'approved', status_on: narrower }, undefined, 'allowed'],
    ['pending', pending, undefined, 'denied'],
    ['pending, allowed as it is', pending, { access: 'allowed', on: now }, 'allowed'],
    ['pending, allowed as less', pending, { access: 'allowed', on: narrower }, 'denied'],
    ['pending, allowed before that was kept', pending, { access: 'allowed' }, 'allowed'],
    ['approved, its allowance lapsed', approved, { access: 'lapsed', on: now }, 'denied'],
    ['approved, denied', approved, { access: 'denied' }, 'denied'],
    ['pending, vouched for as it is', { ...pending, ...vouched }, undefined, 'allowed'],
    ['pending, vouched for as less', { ...pending, ...vouched, vouched_on: narrower }, undefined, 'denied'],
    ['approved, the vouching lapsed', { ...approved, ...vouched, vouch_lapsed_at: 't' }, undefined, 'denied'],
    [
      'approved, somebody else’s vouching lapsed',
      { ...approved, ...vouched, vouched_by: 'globex', vouch_lapsed_at: 't' },
      undefined,
      'allowed',
    ],
    [
      'the vouching lapsed, and allowed since',
      { ...pending, ...vouched, vouch_lapsed_at: 't' },
      { access: 'allowed', on: now },
      'allowed',
    ],
    ['blocked, allowed', { status: 'blocked', identity: now }, { access: 'allowed', on: now }, 'blocked'],
  ];
  for (const [name, app, decision, access] of rows)
    it(`${name}: ${access}`, () => expect(appAccess(app, 'acme', decision, 'allowed')).to.equal(access));

  it('is not that of a tenant which denies by default', () =>
    expect(appAccess(approved, 'acme', undefined, 'denied')).to.equal('denied'));

  it('goes beyond a decision by anything that is another or more, and by nothing that is less', () => {
    expect(goesBeyond(now, now)).to.equal(false);
    for (const less of [{ scopes: [] }, { redirect_hosts: ['loopback'] }, { keys: [] }])
      expect(goesBeyond(now, { ...now, ...less }), JSON.stringify(less)).to.equal(false);
    for (const more of [
      { name: 'reports' },
      { shown: 't' },
      { scopes: ['a', 'c'] },
      { redirect_hosts: ['y.example'] },
      { keys: ['method none', 'key k'] },
    ])
      expect(goesBeyond(now, { ...now, ...more }), JSON.stringify(more)).to.equal(true);
  });
});
