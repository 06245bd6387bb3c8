/** Whose a token is: what the client's entry, the claims and the tenant's entry say, where each exists and where it doesn't. */
import { expect } from 'chai';
import { whoseToken, type TokenFacts } from '../../src/authentication/whose-token.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import type { Tenant } from '../../src/registry/tenants.ts';

const created_at = '2031-01-01T00:00:00.000Z';
const tenantOf = (id: string, more: Partial<Tenant> = {}): Tenant => ({
  id,
  name: id,
  status: 'active',
  connection: 'users',
  created_at,
  ...more,
});
const SHARED = { database: 'shared', shared_web_app: true } as const;
const shared = tenantOf('shared', SHARED);
const own = tenantOf('own', { web_app: 'own-spa' });
const ORGANIZATION = 'org_1';
const sharedOrganization = tenantOf('shared-org', { ...SHARED, organization: ORGANIZATION });
const ownOrganization = tenantOf('own-org', { web_app: 'own-org-spa', organization: ORGANIZATION });
/** As entries were before web apps could be shared. */
const old = tenantOf('old');

const spaOf = (tenant_id: string): RegisteredClient => ({
  kind: 'user',
  client_id: `${tenant_id}-spa`,
  tenant_id,
  origins: [],
  created_at,
});
const keyOf = (tenant_id: string): RegisteredClient => ({
  kind: 'tenant',
  client_id: `${tenant_id}-key`,
  tenant_id,
  name: 'A key',
  created_at,
});
const app: RegisteredClient = {
  kind: 'app',
  client_id: 'app',
  name: 'An app',
  registration: 'dynamic',
  status: 'approved',
  scopes: [],
  created_at,
};

/** No organization: neither the token nor, where a tenant is given, that tenant has one. */
const NONE = { organizationId: undefined };
const byShared = {
  client: undefined,
  isSharedWebApp: true,
  isConsole: false,
  isClientItself: false,
  ...NONE,
};
const byConsole = { ...byShared, isSharedWebApp: false, isConsole: true };
const bySpa = (tenantId: string) => ({
  client: spaOf(tenantId),
  isSharedWebApp: false,
  isConsole: false,
  isClientItself: false,
  ...NONE,
});
const byKey = (tenantId: string) => ({
  client: keyOf(tenantId),
  isSharedWebApp: false,
  isConsole: false,
  isClientItself: true,
  ...NONE,
});
const byApp = { client: app, isSharedWebApp: false, isConsole: false, isClientItself: false, ...NONE };
const named = (tenant: Tenant) => ({ tenantId: tenant.id, tenant });
const nobody = { tenantId: undefined, tenant: undefined };
const unknown = { tenantId: 'unknown', tenant: undefined };

describe('whose a token is', () => {
  const accepted: [what: string, facts: TokenFacts, kind: string][] = [
    ['the shared web app, a tenant that shares it', { ...byShared, ...named(shared) }, 'shared_web_app'],
    ['the console, a tenant that shares a web app', { ...byConsole, ...named(shared) }, 'console'],
    ['the console, a tenant with its own', { ...byConsole, ...named(own) }, 'console'],
    ["a tenant's own web app", { ...bySpa('own'), ...named(own) }, 'user'],
    ['the web app of an older entry', { ...bySpa('old'), ...named(old) }, 'user'],
    ['a key of a tenant with a web app of its own', { ...byKey('own'), ...named(own) }, 'tenant'],
    ['a key of a tenant without', { ...byKey('shared'), ...named(shared) }, 'tenant'],
    ['an app, for a user of either', { ...byApp, ...named(own) }, 'app'],
    ['an app, for a user of the other', { ...byApp, ...named(shared) }, 'app'],
  ];
  for (const [what, facts, kind] of accepted)
    it(`is the claim's, by ${what}`, () => {
      const owner = whoseToken(facts);
      expect(owner).to.have.property('tenant', facts.tenant);
      expect(owner).to.have.nested.property('client.kind', kind);
    });

  const refused: [what: string, facts: TokenFacts, why: RegExp][] = [
    ['no entry of its client', { ...byShared, isSharedWebApp: false, ...named(shared) }, /not registered/],
    [
      "a client that is shared by configuration, and a tenant's by its entry",
      { ...bySpa('own'), isSharedWebApp: true, ...named(own) },
      /shared by configuration/,
    ],
    [
      'the same, of a tenant that shares it',
      { ...bySpa('shared'), isSharedWebApp: true, ...named(shared) },
      /shared by configuration/,
    ],
    ['no claim, by the shared web app', { ...byShared, ...nobody }, /names no tenant/],
    ['no claim, by the console', { ...byConsole, ...nobody }, /names no tenant/],
    ['an unknown tenant, by the console', { ...byConsole, ...unknown }, /is unknown/],
    [
      'the console, got by the client itself',
      { ...byConsole, isClientItself: true, ...named(own) },
      /in another way/,
    ],
    [
      'a console that is registered as a web app',
      { ...bySpa('own'), isConsole: true, ...named(own) },
      /shared by configuration/,
    ],
    ['no claim, by a web app', { ...bySpa('own'), ...nobody }, /names no tenant/],
    ['no claim, by a key', { ...byKey('own'), ...nobody }, /names no tenant/],
    ['no claim, by an app', { ...byApp, ...nobody }, /names no tenant/],
    ['an unknown tenant, by the shared web app', { ...byShared, ...unknown }, /is unknown/],
    ['an unknown tenant, by its web app', { ...bySpa('unknown'), ...unknown }, /is unknown/],
    ['an unknown tenant, by an app', { ...byApp, ...unknown }, /is unknown/],
    ['an entry of another tenant', { ...byShared, tenantId: 'other', tenant: shared }, /is unknown/],
    ["another tenant's web app", { ...bySpa('own'), ...named(shared) }, /not that of its client/],
    ["another tenant's key", { ...byKey('own'), ...named(shared) }, /not that of its client/],
    ['the shared web app, of a tenant with its own', { ...byShared, ...named(own) }, /web app of its own/],
    ['the shared web app, of an older entry', { ...byShared, ...named(old) }, /web app of its own/],
    [
      'a web app of its own, of a tenant that shares one',
      { ...bySpa('shared'), ...named(shared) },
      /shares the web app/,
    ],
    [
      'the shared web app, got by the client itself',
      { ...byShared, isClientItself: true, ...named(shared) },
      /in another way/,
    ],
    [
      'a web app, got by the client itself',
      { ...bySpa('own'), isClientItself: true, ...named(own) },
      /in another way/,
    ],
    ['an app, got by the client itself', { ...byApp, isClientItself: true, ...named(own) }, /in another way/],
    [
      'a key, that a user signed in to',
      { ...byKey('own'), isClientItself: false, ...named(own) },
      /in another way/,
    ],
    ['a tenant that is created', { ...byShared, ...named({ ...shared, status: 'creating' }) }, /creating/],
    ['a tenant that is deleted', { ...byApp, ...named({ ...shared, status: 'deleting' }) }, /deleting/],
  ];
  for (const [what, facts, why] of refused)
    it(`is nobody's with ${what}`, () => {
      const owner = whoseToken(facts);
      expect(owner).to.not.have.property('isSuspended');
      expect(owner).to.have.property('refused').that.matches(why);
    });

  it('is that of a suspended tenant only if all else agrees', () => {
    const suspended = (tenant: Tenant) => named({ ...tenant, status: 'suspended' });
    for (const facts of [
      { ...byShared, ...suspended(shared) },
      { ...bySpa('own'), ...suspended(own) },
      { ...byKey('shared'), ...suspended(shared) },
      { ...byApp, ...suspended(own) },
    ])
      expect(whoseToken(facts)).to.have.property('isSuspended', true);
    for (const facts of [
      { ...byShared, ...suspended(own) },
      { ...bySpa('own'), ...suspended(shared) },
      { ...byKey('own'), isClientItself: false, ...suspended(own) },
    ])
      expect(whoseToken(facts)).to.not.have.property('isSuspended');
  });

  describe('where tenants are organizations', () => {
    const inside = { organizationId: ORGANIZATION };
    const other = { organizationId: 'org_2' };
    const rows: [what: string, facts: TokenFacts, expected: 'its tenant' | RegExp][] = [
      [
        'its organization, by the shared web app',
        { ...byShared, ...inside, ...named(sharedOrganization) },
        'its tenant',
      ],
      [
        'its organization, by its own web app',
        { ...bySpa('own-org'), ...inside, ...named(ownOrganization) },
        'its tenant',
      ],
      ['its organization, by an app', { ...byApp, ...inside, ...named(sharedOrganization) }, 'its tenant'],
      ['no organization, by a key', { ...byKey('shared-org'), ...named(sharedOrganization) }, 'its tenant'],
      [
        'its organization, by a key',
        { ...byKey('own-org'), ...inside, ...named(ownOrganization) },
        'its tenant',
      ],

      ['no organization, by the console', { ...byConsole, ...named(sharedOrganization) }, /names none/],
      ['no organization, by the shared web app', { ...byShared, ...named(sharedOrganization) }, /names none/],
      [
        'no organization, by its own web app',
        { ...bySpa('own-org'), ...named(ownOrganization) },
        /names none/,
      ],
      ['no organization, by an app', { ...byApp, ...named(sharedOrganization) }, /names none/],
      [
        'another one, by the shared web app',
        { ...byShared, ...other, ...named(sharedOrganization) },
        /not that of its/,
      ],
      [
        'another one, by its own web app',
        { ...bySpa('own-org'), ...other, ...named(ownOrganization) },
        /not that of its/,
      ],
      ['another one, by an app', { ...byApp, ...other, ...named(sharedOrganization) }, /not that of its/],
      [
        'another one, by a key',
        { ...byKey('own-org'), ...other, ...named(ownOrganization) },
        /not that of its/,
      ],
      [
        'one, of a tenant that is none, by the shared web app',
        { ...byShared, ...inside, ...named(shared) },
        /tenant is none/,
      ],
      [
        'one, of a tenant that is none, by its web app',
        { ...bySpa('own'), ...inside, ...named(own) },
        /tenant is none/,
      ],
      ['one, of a tenant that is none, by an app', { ...byApp, ...inside, ...named(own) }, /tenant is none/],
      [
        'one, of a tenant that is none, by a key',
        { ...byKey('own'), ...inside, ...named(own) },
        /tenant is none/,
      ],
      ['its organization, and no claim', { ...byShared, ...inside, ...nobody }, /names no tenant/],
      [
        'its organization, and the claim of an unknown tenant',
        { ...byShared, ...inside, ...unknown },
        /is unknown/,
      ],
      [
        'its organization, and the claim of another tenant',
        { ...byShared, ...inside, ...named(shared) },
        /tenant is none/,
      ],
      [
        "its organization's id in other letters",
        { ...byShared, organizationId: 'ORG_1', ...named(sharedOrganization) },
        /not that of its/,
      ],
      [
        'a key, whose tenant it is, that a user signed in to',
        { ...byKey('own-org'), ...inside, isClientItself: false, ...named(ownOrganization) },
        /in another way/,
      ],
    ];
    for (const [what, facts, expected] of rows)
      it(`is ${expected === 'its tenant' ? "its tenant's" : "nobody's"} with ${what}`, () => {
        const owner = whoseToken(facts);
        if (expected === 'its tenant') expect(owner).to.have.property('tenant', facts.tenant);
        else expect(owner).to.have.property('refused').that.matches(expected);
        expect(owner).to.not.have.property('isSuspended');
      });

    it('does not tell of a suspended tenant whoever comes for another organization', () => {
      const suspended = named({ ...sharedOrganization, status: 'suspended' });
      expect(whoseToken({ ...byShared, ...inside, ...suspended })).to.have.property('isSuspended', true);
      expect(whoseToken({ ...byShared, ...other, ...suspended })).to.not.have.property('isSuspended');
      expect(whoseToken({ ...byShared, ...suspended })).to.not.have.property('isSuspended');
    });
  });
});
