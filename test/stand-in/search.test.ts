import { expect } from 'chai';
import { compileQuery, requiredTerms } from '../../src/stand-in/search/match-query.ts';
import { parseQuery, QuerySyntaxError } from '../../src/stand-in/search/parse-query.ts';

/** Auth0 docs, "User search query syntax", unless said otherwise. */
describe('stand-in: search', () => {
  const users = [
    {
      user_id: 'auth0|1',
      email: 'ann@example.com',
      name: 'Ann Lee',
      logins_count: 3,
      email_verified: true,
      created_at: '2026-01-15T10:00:00.000Z',
      app_metadata: { tenant_id: 'acme', roles: ['admin', 'member'], plan: { seats: 5 } },
    },
    {
      user_id: 'auth0|2',
      email: 'bob@example.org',
      name: 'Bob (the second) "Bee"',
      logins_count: 10,
      email_verified: false,
      created_at: '2026-02-20T10:00:00.000Z',
      app_metadata: { tenant_id: 'globex', roles: ['member'] },
    },
    {
      user_id: 'auth0|3',
      email: 'star*@example.com',
      name: 'OR',
      created_at: '2026-03-01T00:00:00.000Z',
      nickname: '',
    },
  ];
  const found = (q: string): string =>
    users
      .filter(compileQuery(parseQuery(q), ['email', 'name']))
      .map(({ user_id: id }) => id.slice(6))
      .join('');

  const cases: [string, string][] = [
    ['', '123'],
    ['*', '123'],
    ['*:*', '123'],
    ['email:"ann@example.com"', '1'],
    ['email:ann@example.com', '1'],
    ['email:"ANN@EXAMPLE.COM"', '1'],
    ['user_id:"AUTH0|1"', ''],
    ['user_id:auth0|1', '1'],
    ['name:"ann lee"', '1'],
    ['name:"Bob \\(the second\\) \\"Bee\\""', '2'],
    ['app_metadata.tenant_id:"acme"', '1'],
    ['app_metadata.tenant_id:"ACME"', ''],
    ['app_metadata.roles:"member"', '12'],
    ['app_metadata.roles:("admin" OR "owner")', '1'],
    ['app_metadata.plan.seats:5', '1'],
    ['email_verified:true', '1'],
    ['NOT email_verified:true', '23'],
    ['-email_verified:true', '23'],
    ['email:*example.com', '13'],
    ['email:*@example.org', '2'],
    ['name:bo*', '2'],
    ['name:B?b*', '2'],
    ['email:star\\*@example.com', '3'],
    ['email:"star*@example.com"', '3'],
    ['name:"OR"', '3'],
    ['app_metadata.tenant_id:*', '12'],
    ['_exists_:app_metadata.plan.seats', '1'],
    ['NOT _exists_:"app_metadata"', '3'],
    ['nickname:*', ''],
    ['logins_count:[3 TO 9]', '1'],
    ['logins_count:{3 TO 10]', '2'],
    ['logins_count:[* TO *]', '12'],
    ['logins_count:>3', '2'],
    ['logins_count:>=3', '12'],
    ['logins_count:<10', '1'],
    ['created_at:[2026-01-01 TO 2026-02-28]', '12'],
    ['created_at:[2026-02-01 TO *]', '23'],
    ['created_at:{* TO 2026-02-20T10:00:00.000Z}', '1'],
    ['created_at:{* TO 2026-02-20T10:00:00.000Z]', '12'],
    ['created_at:{"2026-01-15T10:00:00.000Z" TO *]', '23'],
    ['email_verified:true AND app_metadata.tenant_id:"acme"', '1'],
    ['email_verified:true AND app_metadata.tenant_id:"globex"', ''],
    ['name:"OR" OR email_verified:true', '13'],
    ['name:"OR" email_verified:true', '13'],
    ['app_metadata.tenant_id:"acme" AND (name:x* OR name:ann*)', '1'],
    ['app_metadata.tenant_id:"acme" AND NOT (name:ann*)', ''],
    ['name:"OR" OR email_verified:true AND email:bob*', '3'],
    ['ann@example.com', '1'],
    ['"ann lee"', '1'],
    ['(name:"OR") OR (*)', '123'],
    ['app_metadata.tenant_id:"a\\"cme"', ''],
    ['no_such_field:1', ''],
  ];
  for (const [q, expected] of cases)
    it(`finds ${expected || 'nobody'} by ${q || 'nothing'}`, () => expect(found(q)).to.equal(expected));

  for (const q of [
    '(a',
    'a)',
    'name:"open',
    'x:[1 TO',
    'x:[1 2]',
    'AND',
    'a AND',
    'NOT',
    'x:',
    ':x',
    '[1 TO 2]',
    'a\\',
    'x:y:z',
  ])
    it(`refuses ${q}`, () => {
      expect(() => parseQuery(q)).to.throw(QuerySyntaxError);
    });

  it('knows which terms every match must have, for its indexes', () => {
    const terms = (q: string) => requiredTerms(parseQuery(q)).map(({ field, value }) => `${field}=${value}`);
    expect(terms('app_metadata.tenant_id:"a" AND (name:x OR name:y)')).to.deep.equal([
      'app_metadata.tenant_id=a',
    ]);
    expect(terms('app_metadata.tenant_id:"a" OR name:x')).to.deep.equal([]);
    expect(terms('NOT app_metadata.tenant_id:"a"')).to.deep.equal([]);
  });
});
