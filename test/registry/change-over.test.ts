/** What a tenant accepts while it changes over, and how that survives a lost registry. */
import { expect } from 'chai';
import { whoseToken } from '../../src/authentication/whose-token.ts';
import {
  acceptsNoOrganization,
  acceptsSharedWebApp,
  changeOverFromText,
  changeOverToText,
  type ChangeOver,
} from '../../src/registry/change-over.ts';
import { tenantFromMetadata, tenantToMetadata } from '../../src/registry/client-metadata.ts';
import type { SpaClient } from '../../src/registry/clients.ts';
import { acceptedOrganizations, signInOrganizations } from '../../src/registry/sign-in-organizations.ts';
import type { Tenant } from '../../src/registry/tenants.ts';

const created_at = '2031-01-01T00:00:00.000Z';
const begun: ChangeOver = { made_by: '8b1c7d0e-1111-4222-8333-444455556666', since: created_at };
const webApp: ChangeOver = { ...begun, web_app: 'shared' };
const organization: ChangeOver = { ...begun, organization: 'new', organization_id: 'org_1' };
const tenant: Tenant = {
  id: 't',
  name: 't',
  status: 'active',
  connection: 'users',
  web_app: 'spa',
  created_at,
};
const spa: SpaClient = { kind: 'user', client_id: 'spa', tenant_id: 't', origins: [], created_at };

describe('a tenant that changes over', () => {
  const ways: [what: string, more: Partial<Tenant>, sharedWebApp: boolean, noOrganization: boolean][] = [
    ['nothing', {}, false, true],
    ['the web app, which is being prepared', { change_over: webApp }, false, true],
    ['the web app, open', { change_over: { ...webApp, open: true } }, true, true],
    [
      'the web app, being finished',
      { change_over: { ...webApp, open: true, finishing_since: created_at } },
      true,
      true,
    ],
    ['to an organization, being prepared', { change_over: organization }, false, true],
    ['to one, open', { organization: 'org_1', change_over: { ...organization, open: true } }, false, true],
    ['to one, finished', { organization: 'org_1' }, false, false],
    [
      'an organization, which changes its web app',
      { organization: 'org_1', change_over: { ...webApp, open: true } },
      true,
      false,
    ],
    ['the web app, finished', { web_app: undefined, shared_web_app: true }, true, true],
  ];
  for (const [what, more, sharedWebApp, noOrganization] of ways)
    it(`(${what}) accepts the old way, the new one, or both`, () => {
      const now: Tenant = { ...tenant, ...more };
      expect([acceptsSharedWebApp(now), acceptsNoOrganization(now)]).to.deep.equal([
        sharedWebApp,
        noOrganization,
      ]);
      const facts = { tenantId: 't', tenant: now, isClientItself: false, organizationId: now.organization };
      const byShared = whoseToken({ ...facts, client: undefined, isSharedWebApp: true, isConsole: false });
      const byOwn = whoseToken({ ...facts, client: spa, isSharedWebApp: false, isConsole: false });
      expect('tenant' in byShared).to.equal(sharedWebApp);
      expect('tenant' in byOwn).to.equal(now.shared_web_app !== true);
      if (now.organization !== undefined)
        expect(
          'tenant' in
            whoseToken({
              ...facts,
              client: spa,
              isSharedWebApp: false,
              isConsole: false,
              organizationId: undefined,
            }),
        ).to.equal(noOrganization);
      // The claim decides in both ways: nobody comes in for another tenant.
      for (const client of [
        { client: undefined, isSharedWebApp: true, isConsole: false },
        { client: spa, isSharedWebApp: false, isConsole: false },
      ])
        expect(whoseToken({ ...facts, ...client, tenantId: 'other' })).to.have.property('refused');
    });

  const taken = { ...organization, organization: 'org_1', organization_id: undefined };
  const known: [what: string, more: Partial<Tenant>, accepted: unknown[], stored: unknown[]][] = [
    ['nothing', {}, [undefined], [undefined]],
    ['the web app', { change_over: webApp }, [undefined], [undefined]],
    [
      'to one that is not made yet',
      { change_over: { ...begun, organization: 'new' } },
      [undefined],
      [undefined],
    ],
    ['to one that is made', { change_over: organization }, [undefined], [undefined, 'org_1']],
    ['to one that is taken over', { change_over: taken }, [undefined], [undefined, 'org_1']],
    [
      'to one, open',
      { organization: 'org_1', change_over: { ...organization, open: true } },
      ['org_1', undefined],
      ['org_1', undefined],
    ],
    ['to one, finished', { organization: 'org_1' }, ['org_1'], ['org_1']],
  ];
  for (const [what, more, accepted, stored] of known)
    it(`(${what}) has its users' consents wherever their tokens count, or will`, () => {
      expect(acceptedOrganizations({ ...tenant, ...more })).to.deep.equal(accepted);
      expect(signInOrganizations({ ...tenant, ...more })).to.deep.equal(stored);
    });

  const longId = `org_${'x'.repeat(32)}`;
  const longest: ChangeOver = {
    ...webApp,
    organization: longId,
    organization_id: longId,
    ends_at: created_at,
    members_up_to: created_at,
  };
  const kept: [what: string, changeOver: ChangeOver][] = [
    ['preparing', webApp],
    ['preparing, with members', { ...taken, organization_id: 'org_1', members_begun: true }],
    ['the longest', { ...longest, members_begun: true }],
    ['the longest, finishing', { ...longest, open: true, finishing_since: created_at }],
    ['open', { ...webApp, open: true }],
    [
      'finishing, with an end',
      { ...organization, open: true, finishing_since: created_at, ends_at: created_at },
    ],
    [
      'everything',
      { ...organization, ...webApp, open: true, ends_at: created_at, members_up_to: created_at },
    ],
  ];
  for (const [what, change_over] of kept)
    it(`is kept at the authority: ${what}`, () => {
      expect(changeOverFromText(changeOverToText(change_over))).to.deep.equal(change_over);
      const metadata = tenantToMetadata({ ...tenant, change_over, status: 'suspended' });
      for (const value of Object.values(metadata)) expect(value.length).to.be.at.most(255);
      const read = tenantFromMetadata(metadata, 'spa');
      expect(read).to.deep.include({ status: 'suspended', change_over });
    });

  for (const text of ['', 'x', '- - - - - - - - -', 'shared - - - - - - - -', '- - - job 2031 - - - open'])
    it(`is not made of "${text}"`, () => expect(changeOverFromText(text)).to.equal(undefined));
});
