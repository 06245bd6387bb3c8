/** Whom an adoption takes, by the user's record. */
import { expect } from 'chai';
import { judge } from '../../workers/relay/judge-adoption.ts';
import { withHome } from '../../workers/relay/whose-user.ts';

const tenant = { id: 'acme', connection: 'users' };
const identity = (connection: string, provider = 'auth0') => ({ connection, provider, user_id: '1' });
const user = (more: object = {}) => ({
  user_id: 'auth0|1',
  email: 'ada@acme.example',
  identities: [identity('users')] as never,
  ...more,
});
const marked = (app_metadata: object) => user({ app_metadata });
const KEEP = { replaceRoles: false };

describe('whom an adoption takes', () => {
  const cases: [what: string, record: ReturnType<typeof user>, verdict: string][] = [
    ['a user without marks', user(), 'adopt'],
    ['one with metadata of its own', marked({ plan: 'gold', tenant_id: null, roles: [] }), 'adopt'],
    ['one who is blocked', user({ blocked: true }), 'adopt'],
    ["the tenant's own", marked({ tenant_id: 'acme', roles: ['admin'] }), 'already'],
    ["another tenant's", marked({ tenant_id: 'globex', roles: [] }), 'belongs_to_other_tenant'],
    ['one whose tenant_id is no text', marked({ tenant_id: ['acme'] }), 'belongs_to_other_tenant'],
    ['one with an empty tenant_id', marked({ tenant_id: '' }), 'belongs_to_other_tenant'],
    ['one of another database', user({ identities: [identity('others')] }), 'other_connection'],
    [
      'one of another database, too',
      user({ identities: [identity('users'), identity('others')] }),
      'other_connection',
    ],
    [
      'one of no database',
      user({ identities: [identity('google-oauth2', 'google-oauth2')] }),
      'other_connection',
    ],
    ['one without identities', user({ identities: undefined }), 'other_connection'],
    [
      'one with a linked social account',
      user({ identities: [identity('users'), identity('google-oauth2', 'google-oauth2')] }),
      'adopt',
    ],
    ['one without an email', user({ email: undefined }), 'no_email'],
    ['one with roles from elsewhere', marked({ roles: ['admin'] }), 'has_roles'],
    ['one whose roles are no list', marked({ roles: 'admin' }), 'has_roles'],
  ];
  for (const [what, record, verdict] of cases)
    it(`${what}: ${verdict}`, () => {
      expect(judge(tenant, record, KEEP)).to.equal(verdict);
    });

  it('one with roles from elsewhere, if they are to be replaced', () => {
    expect(judge(tenant, marked({ roles: ['admin'] }), { replaceRoles: true })).to.equal('adopt');
  });

  describe('into an organization', () => {
    const organized = { ...tenant, organization: 'org_1' };
    const mark = { org_1: { tenant_id: 'acme', roles: ['admin'] } };

    it('a guest without a home, who keeps the roles given there', () => {
      const guest = marked(mark);
      expect(judge(organized, guest, KEEP)).to.equal('adopt');
      expect(withHome(organized, guest, ['member'])).to.deep.equal({
        tenant_id: 'acme',
        roles: ['admin'],
        org_1: null,
      });
    });

    it('not a guest whose home is elsewhere', () => {
      expect(judge(organized, marked({ ...mark, tenant_id: 'globex' }), KEEP)).to.equal('already');
    });

    it('not by the mark of another tenant', () => {
      const left = marked({ org_1: { tenant_id: 'globex', roles: ['admin'] } });
      expect(judge(organized, left, KEEP)).to.equal('adopt');
      expect(withHome(organized, left, ['member'])).to.deep.equal({
        tenant_id: 'acme',
        roles: ['member'],
        org_1: null,
      });
    });
  });
});
