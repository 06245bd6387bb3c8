/** The Action that accounts are told to install (docs/auth0-account.md), run as it stands there, does what the stand-in does. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { claimsFor, isDenied, runPostLogin } from '../../src/stand-in/authentication/post-login-action.ts';
import type { Client, Metadata, Organization, StoredUser } from '../../src/stand-in/store/records.ts';
import type { Store } from '../../src/stand-in/store/store.ts';

const AUDIENCE = 'https://api.example.com';
const ORG = 'org_acme';

interface SignIn {
  app_metadata: Metadata | undefined;
  organization: Organization | undefined;
  client_metadata: Metadata;
  /** `event.transaction.protocol`; undefined: there is no transaction. */
  protocol?: string | undefined;
}

interface Outcome {
  denied: boolean;
  tenant?: unknown;
  roles?: unknown;
  /** `app_metadata` afterwards, if they were written. */
  written?: Metadata;
}

const docs = readFileSync(new URL('../../docs/auth0-account.md', import.meta.url), 'utf8');
const [action] = [...docs.matchAll(/```js\n(.*?)```/gs)].flatMap(([, text = '']) =>
  text.includes('onExecutePostLogin') ? [text] : [],
);
const exports: { onExecutePostLogin?: (event: object, api: object) => Promise<unknown> } = {};
runInNewContext(action!, { exports });

async function documented({
  app_metadata,
  organization,
  client_metadata,
  protocol,
}: SignIn): Promise<Outcome> {
  const outcome: Outcome = { denied: false };
  const claims = new Map<string, unknown>();
  const api = {
    access: { deny: () => void (outcome.denied = true) },
    user: {
      setAppMetadata: (name: string, value: unknown) =>
        void (outcome.written = { ...app_metadata, [name]: value }),
    },
    accessToken: { setCustomClaim: (name: string, value: unknown) => void claims.set(name, value) },
  };
  const event = {
    user: { user_id: 'auth0|1', ...(app_metadata && { app_metadata }) },
    ...(organization && { organization }),
    client: { metadata: client_metadata },
    ...(protocol !== undefined && { transaction: { protocol } }),
  };
  await exports.onExecutePostLogin!(event, api);
  if (outcome.denied) return outcome;
  expect(claims.get(`${AUDIENCE}/user_id`)).to.equal('auth0|1');
  return {
    ...outcome,
    tenant: claims.get(`${AUDIENCE}/tenant_id`),
    roles: claims.get(`${AUDIENCE}/roles`),
  };
}

function atStandIn({ app_metadata, organization, client_metadata, protocol }: SignIn): Outcome {
  const profile = { user_id: 'auth0|1', updated_at: '', ...(app_metadata && { app_metadata }) };
  const client = { client_metadata } as unknown as Client;
  const user = { profile } as unknown as StoredUser;
  if (isDenied(client, user.profile, organization, protocol === REFRESH)) return { denied: true };
  let written: Metadata | undefined;
  const put = ({ profile: changed }: StoredUser) => void (written = changed.app_metadata);
  runPostLogin({ users: { put } } as unknown as Store, client, user, organization, 0);
  const { tenantId, roles } = claimsFor(user.profile, organization);
  return { denied: false, tenant: tenantId, roles, ...(written && { written }) };
}

const HOMES: (Metadata | undefined)[] = [
  undefined,
  {},
  { roles: ['admin'] },
  { tenant_id: 'acme' },
  { tenant_id: 'acme', roles: ['admin'] },
  { tenant_id: 'acme', roles: null },
  { tenant_id: 'acme', roles: 'admin' },
  { tenant_id: 'acme', roles: '' },
  { tenant_id: 'globex', roles: ['admin'] },
  { tenant_id: '', roles: ['admin'] },
  { tenant_id: null, roles: ['admin'] },
  { tenant_id: 0, roles: ['admin'] },
  { tenant_id: 7, roles: ['admin'] },
];
/** Left out: nothing is there. */
const MARKS: Metadata[] = [
  {},
  ...[
    { tenant_id: 'acme', roles: ['owner'] },
    { tenant_id: 'acme', roles: [] },
    { tenant_id: 'acme', roles: 'owner' },
    { tenant_id: 'acme', roles: null },
    { tenant_id: 'acme', roles: 0 },
    { tenant_id: 'acme' },
    { tenant_id: 'globex', roles: ['owner'] },
    { tenant_id: '', roles: ['owner'] },
    { tenant_id: null, roles: ['owner'] },
    { roles: ['owner'] },
    {},
    [],
    ['owner'],
    [{ tenant_id: 'acme', roles: ['owner'] }],
    null,
    true,
    false,
    0,
    1,
    '',
    'acme',
  ].map((mark) => ({ [ORG]: mark })),
  { org_other: { tenant_id: 'acme', roles: ['owner'] } },
];
const ORGANIZATIONS: (Organization | undefined)[] = [
  undefined,
  ...[undefined, {}, { tenant_id: 'acme' }, { tenant_id: 'globex' }, { tenant_id: '' }, { tenant_id: 7 }].map(
    (metadata) => ({ id: ORG, name: 'acme', ...(metadata && { metadata }) }) as Organization,
  ),
];
const REFRESH = 'oauth2-refresh-token';
const PROTOCOLS = [undefined, 'oidc-basic-profile', 'oauth2-password', REFRESH];
const CLIENTS: Metadata[] = [{}, { kind: 'shared_web_app' }, { kind: 'app' }];

describe('the post-login Action that accounts install', () => {
  for (const organization of ORGANIZATIONS)
    it(`does what the stand-in does: ${organization ? `organization ${JSON.stringify(organization.metadata)}` : 'no organization'}`, async () => {
      for (const home of HOMES)
        for (const mark of MARKS)
          for (const client_metadata of CLIENTS)
            for (const protocol of PROTOCOLS) {
              const app_metadata = home && { ...home, ...mark };
              const signIn = { app_metadata, organization, client_metadata, protocol };
              // Values of the Action's context are of other classes, and one that is undefined makes no claim.
              const plain = (outcome: Outcome): unknown => JSON.parse(JSON.stringify(outcome));
              const what = JSON.stringify(signIn);
              expect(plain(await documented(signIn)), what).to.deep.equal(plain(atStandIn(signIn)));
            }
    });

  const organization = { id: ORG, name: 'x', metadata: { tenant_id: 'acme' } } as unknown as Organization;
  const left = { tenant_id: 'former', roles: ['admin'] };
  const GUESTS: [what: string, app_metadata: Metadata, roles: unknown, written: Metadata | undefined][] = [
    ['without a mark', { tenant_id: 'globex', roles: ['admin'] }, [], { tenant_id: 'acme', roles: [] }],
    ['with a mark', { [ORG]: { tenant_id: 'acme', roles: ['owner'] } }, ['owner'], undefined],
    ['with a mark of a former tenant', { [ORG]: left }, [], { tenant_id: 'acme', roles: [] }],
    ['with what is no mark', { [ORG]: ['admin'] }, [], { tenant_id: 'acme', roles: [] }],
    ['with a mark that names nobody', { [ORG]: { roles: ['admin'] } }, [], { tenant_id: 'acme', roles: [] }],
  ];
  for (const [what, app_metadata, roles, written] of GUESTS)
    it(`gives roles of this tenant to a guest ${what}`, async () => {
      const signIn = { app_metadata, organization, client_metadata: {} };
      expect(JSON.parse(JSON.stringify(await documented(signIn)))).to.deep.equal({
        denied: false,
        tenant: 'acme',
        roles,
        ...(written && { written: { ...app_metadata, [ORG]: written } }),
      });
    });

  for (const [what, app_metadata, , written] of GUESTS)
    it(`${written ? 'denies' : 'allows'} a refresh by a guest ${what}`, async () => {
      const signIn = { app_metadata, organization, client_metadata: {}, protocol: REFRESH };
      const outcome = await documented(signIn);
      expect(outcome.denied).to.equal(written !== undefined);
      expect(outcome).to.not.have.property('written');
    });

  it('allows a refresh by who is at home there, or signed in to no organization', async () => {
    for (const of of [organization, undefined])
      for (const app_metadata of [{ tenant_id: 'acme' }, { tenant_id: 'acme', [ORG]: left }])
        expect(
          await documented({ app_metadata, organization: of, client_metadata: {}, protocol: REFRESH }),
        ).to.include({ denied: false, tenant: 'acme' });
  });
});
