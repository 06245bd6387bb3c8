/** The Actions that accounts are told to install (docs/auth0-account.md): those that the stand-in has, and what they decide. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { DEFAULT_ACTIONS } from '../../src/stand-in/actions/default-actions.ts';
import type { Metadata, Organization } from '../../src/stand-in/store/records.ts';

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
  operatorOf?: unknown;
  /** `app_metadata` afterwards, if they were written. */
  written?: Metadata;
}

const docs = readFileSync(new URL('../../docs/auth0-account.md', import.meta.url), 'utf8');
/** As they stand in a list of the document. */
const documentedActions = [...docs.matchAll(/ {3}```js\n(.*?) {3}```/gs)].map(([, text = '']) =>
  text.replace(/^ {3}/gm, ''),
);
const [action] = documentedActions;
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
    connection: { name: 'operators' },
    ...(protocol !== undefined && { transaction: { protocol } }),
  };
  await exports.onExecutePostLogin!(event, api);
  if (outcome.denied) return outcome;
  expect(claims.get(`${AUDIENCE}/user_id`)).to.equal('auth0|1');
  return {
    ...outcome,
    tenant: claims.get(`${AUDIENCE}/tenant_id`),
    roles: claims.get(`${AUDIENCE}/roles`),
    operatorOf: claims.get(`${AUDIENCE}/operator_of`),
  };
}

const REFRESH = 'oauth2-refresh-token';

/** Values of the Action's context are of other classes, and one that is undefined makes no claim. */
const plain = (outcome: Outcome): unknown => JSON.parse(JSON.stringify(outcome));

describe('the Actions that accounts install', () => {
  it('are those of the stand-in, but for the name of the API', () => {
    const withoutName = (code: string): string =>
      code.replace(/^ {2}const ns = .*\n/gm, '').replaceAll(`'${AUDIENCE}/tenant_id'`, '`${ns}/tenant_id`');
    expect(documentedActions.map(withoutName)).to.deep.equal(
      DEFAULT_ACTIONS.map(({ code }) => withoutName(code)),
    );
  });

  const HOMES: [app_metadata: Metadata | undefined, tenant: unknown, roles: unknown][] = [
    [undefined, undefined, []],
    [{ roles: ['admin'] }, undefined, []],
    [{ tenant_id: 'acme', roles: ['admin'] }, 'acme', ['admin']],
    [{ tenant_id: 'acme' }, 'acme', []],
    [{ tenant_id: '', roles: ['admin'] }, undefined, []],
    [{ tenant_id: 7, roles: ['admin'] }, undefined, []],
  ];
  for (const [app_metadata, tenant, roles] of HOMES)
    it(`tell tenant and roles of ${JSON.stringify(app_metadata)}, and deny at a shared web app who has none`, async () => {
      const signIn = { app_metadata, organization: undefined };
      const outcome = await documented({ ...signIn, client_metadata: {} });
      expect(plain(outcome)).to.deep.equal(plain({ denied: false, tenant, roles }));
      const shared = await documented({ ...signIn, client_metadata: { kind: 'shared_web_app' } });
      expect(shared.denied).to.equal(tenant === undefined);
    });

  const OPERATORS = { id: 'org_ops', name: 'ops' } as unknown as Organization;
  const OPERATING: [
    what: string,
    app_metadata: Metadata | undefined,
    organization: Organization | undefined,
    operatorOf: string | undefined,
  ][] = [
    ['the role', { roles: ['operator'] }, undefined, 'operators'],
    ['the role, in an organization of no tenant', { roles: ['operator'] }, OPERATORS, 'org_ops'],
    ['another role', { roles: ['admin'] }, undefined, undefined],
    ['no role', undefined, undefined, undefined],
    ['the role, and a tenant', { tenant_id: 'acme', roles: ['operator'] }, undefined, undefined],
    ['the role, and a tenant elsewhere', { tenant_id: 'acme', roles: ['operator'] }, OPERATORS, undefined],
  ];
  for (const [what, app_metadata, organization, operatorOf] of OPERATING)
    it(`names who is an operator, at the console only: with ${what}`, async () => {
      const signIn = { app_metadata, organization };
      const elsewhere = await documented({ ...signIn, client_metadata: {} });
      expect(elsewhere.operatorOf).to.equal(undefined);
      const atConsole = await documented({ ...signIn, client_metadata: { kind: 'console' } });
      expect(atConsole.operatorOf).to.equal(operatorOf);
      expect(atConsole.denied).to.equal(operatorOf === undefined && atConsole.tenant === undefined);
    });

  it('take the tenant of an organization from its metadata alone', async () => {
    for (const metadata of [undefined, {}, { tenant_id: '' }, { tenant_id: 7 }]) {
      const nobodys = { id: ORG, name: 'x', ...(metadata && { metadata }) } as unknown as Organization;
      const app_metadata = { tenant_id: 'acme', roles: ['admin'] };
      const outcome = await documented({ app_metadata, organization: nobodys, client_metadata: {} });
      expect(plain(outcome)).to.deep.equal({ denied: false, roles: [] });
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
