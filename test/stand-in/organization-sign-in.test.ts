import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { addMember, removeMember } from '../../src/stand-in/management/organizations/memberships.ts';
import type { Seed } from '../../src/stand-in/seed.ts';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import type { Client } from '../../src/stand-in/store/records.ts';
import {
  account,
  AUDIENCE,
  CALLBACK,
  callManagement,
  CONNECTION,
  operatorToken,
  PASSWORD,
  postToken,
  startStandIn,
} from './account.ts';
import { CookieJar, EndedOnPage, signInByForm, type SignIn } from './sign-in-by-form.ts';

const THIRD_PARTY = 'tpc_0000000000000000000000';

/** Ann is in two organizations, Gus in one, Zoe in none; `closed` keeps third parties out. */
function seed(): Seed {
  const base = account();
  const open = { third_party_client_access: 'allow' as const };
  return {
    ...base,
    connections: [
      { name: CONNECTION, enabled_clients: ['spa', 'web', 'key'], is_domain_connection: true },
      { name: 'globex', enabled_clients: ['spa'], is_domain_connection: true },
    ],
    clients: [
      ...base.clients!,
      {
        client_id: THIRD_PARTY,
        name: 'Somebody else’s',
        is_first_party: false,
        token_endpoint_auth_method: 'none',
        callbacks: [CALLBACK],
        organization_usage: 'allow',
      },
    ],
    users: [
      ...base.users!,
      { user_id: 'auth0|zoe', connection: CONNECTION, email: 'zoe@example.com', password: PASSWORD },
    ],
    organizations: [
      {
        id: 'org_acmeacmeacmeacme',
        name: 'acme',
        metadata: { tenant_id: 'acme' },
        ...open,
        enabled_connections: [{ connection: CONNECTION }],
        members: ['auth0|ann'],
      },
      {
        id: 'org_wileywileywileyy',
        name: 'wiley',
        metadata: { tenant_id: 'wiley' },
        ...open,
        enabled_connections: [{ connection: CONNECTION }],
        members: ['auth0|ann'],
      },
      {
        id: 'org_globexglobexglob',
        name: 'globex',
        ...open,
        enabled_connections: [{ connection: 'globex' }],
        members: ['auth0|gus'],
      },
      { id: 'org_closedclosedclos', name: 'closed', enabled_connections: [{ connection: CONNECTION }] },
      { id: 'org_emptyemptyemptye', name: 'empty', ...open },
    ],
  };
}

const ACME = 'org_acmeacmeacmeacme';
const WILEY = 'org_wileywileywileyy';
const GLOBEX = 'org_globexglobexglob';
const CLOSED = 'org_closedclosedclos';
const EMPTY = 'org_emptyemptyemptye';

interface Tokens {
  access_token: string;
  id_token?: string;
  refresh_token?: string;
}

describe('stand-in: signing in to an organization', () => {
  let standIn: StandIn;

  beforeEach(async () => {
    standIn = await startStandIn({ seed: seed() });
  });
  afterEach(() => standIn.close());

  const behave = (id: string, changes: Partial<Client>): void => {
    standIn.store.clients.put({ ...standIn.store.clients.get(id)!, ...changes });
  };
  const ask = (usage: string, behavior: string, client = 'spa'): void =>
    behave(client, { organization_usage: usage, organization_require_behavior: behavior });
  const nameIt = (): void => ask('allow', 'no_prompt');

  type Asked = Partial<SignIn> & { parameters?: Record<string, string>; client?: string };

  /** @returns where it ended, and what the code brings */
  async function signIn({ parameters = {}, client = 'spa', ...who }: Asked = {}): Promise<{
    back: URL;
    tokens: Tokens;
  }> {
    const verifier = randomBytes(32).toString('base64url');
    const authorizeUrl = new URL('authorize', standIn.url);
    authorizeUrl.search = new URLSearchParams({
      client_id: client,
      response_type: 'code',
      redirect_uri: CALLBACK,
      audience: AUDIENCE,
      scope: client === THIRD_PARTY ? 'offline_access read:users' : 'openid email offline_access read:users',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    }).toString();
    const back = await signInByForm({ authorizeUrl, email: 'ann@example.com', password: PASSWORD, ...who });
    const code = back.searchParams.get('code');
    if (code === null) return { back, tokens: { access_token: '' } };
    const { body } = await postToken(standIn, {
      grant_type: 'authorization_code',
      client_id: client,
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    });
    return { back, tokens: body as unknown as Tokens };
  }

  const errorOf = (back: URL): (string | null)[] =>
    ['error', 'error_description'].map((name) => back.searchParams.get(name));
  const refresh = (tokens: Tokens, client = 'spa', more: Record<string, string> = {}) =>
    postToken(standIn, {
      grant_type: 'refresh_token',
      client_id: client,
      refresh_token: tokens.refresh_token ?? '',
      ...more,
    });
  const settings = async (changes: object): Promise<void> => {
    const answer = await callManagement(
      standIn,
      await operatorToken(standIn),
      'PATCH',
      'tenants/settings',
      changes,
    );
    expect(answer.status).to.equal(200);
  };

  describe('named in the request', () => {
    beforeEach(nameIt);

    it('puts org_id into ID, access and refreshed tokens, and the name nowhere (Auth0 docs, "Work with tokens")', async () => {
      const { tokens } = await signIn({ parameters: { organization: ACME } });
      const refreshed = (await refresh(tokens)).body as unknown as Tokens;
      for (const token of [tokens.access_token, tokens.id_token!, refreshed.access_token]) {
        expect(decodeJwt(token)['org_id']).to.equal(ACME);
        expect(decodeJwt(token)).to.not.have.property('org_name');
      }
      const without = await signIn();
      for (const token of [without.tokens.access_token, without.tokens.id_token!])
        expect(decodeJwt(token)).to.not.have.property('org_id');
    });

    it('takes names only where the account says so, and shows them then', async () => {
      const before = await signIn({ parameters: { organization: 'acme' } });
      expect(errorOf(before.back)).to.deep.equal([
        'invalid_request',
        'parameter organization is invalid: acme',
      ]);
      await settings({ allow_organization_name_in_authentication_api: true });
      const { tokens } = await signIn({ parameters: { organization: 'ACME' } });
      for (const token of [tokens.access_token, tokens.id_token!])
        expect(decodeJwt(token)).to.include({ org_id: ACME, org_name: 'acme' });
    });

    it('stays with its refresh token, whatever a refresh asks for (auth0-spa-js#1055)', async () => {
      const { tokens } = await signIn({ parameters: { organization: ACME } });
      const { body } = await refresh(tokens, 'spa', { organization: WILEY });
      expect(decodeJwt(String(body['access_token']))['org_id']).to.equal(ACME);
    });

    it('ends with membership, for codes and refresh tokens; other organizations’ go on', async () => {
      const ofAcme = await signIn({ parameters: { organization: ACME } });
      const ofWiley = await signIn({ parameters: { organization: WILEY } });
      const none = await signIn();
      removeMember(standIn.store, ACME, 'auth0|ann', { now: Date.now(), lags: true });
      expect((await refresh(ofAcme.tokens)).body['error']).to.equal('invalid_grant');
      expect((await refresh(ofWiley.tokens)).status).to.equal(200);
      expect((await refresh(none.tokens)).status).to.equal(200);
      const operator = await operatorToken(standIn);
      await callManagement(standIn, operator, 'DELETE', `organizations/${WILEY}`);
      const again = await signIn({ parameters: { organization: WILEY } });
      expect(errorOf(again.back)[0]).to.equal('invalid_request');
    });

    it('is not bound to the session: one browser, two organizations, one password', async () => {
      const cookies = new CookieJar();
      await signIn({ parameters: { organization: ACME }, cookies });
      const { tokens } = await signIn({
        parameters: { organization: WILEY, prompt: 'none' },
        cookies,
        password: 'not asked for',
      });
      expect(decodeJwt(tokens.access_token)['org_id']).to.equal(WILEY);
    });

    const ERRORS: [what: string, organization: string, email: string, error: string, description: string][] =
      [
        [
          'one that is not there',
          'org_0000000000000000',
          'ann',
          'invalid_request',
          'parameter organization is invalid: org_0000000000000000',
        ],
        [
          'one without a connection here',
          EMPTY,
          'ann',
          'access_denied',
          'no connections enabled for the organization',
        ],
        [
          'one that the user is not in',
          ACME,
          'zoe',
          'access_denied',
          `user auth0|zoe is not part of the ${ACME} organization`,
        ],
      ];
    for (const [what, organization, who, error, description] of ERRORS)
      it(`tells the application of ${what}`, async () => {
        const { back } = await signIn({
          parameters: { organization, state: 's' },
          email: `${who}@example.com`,
        });
        expect(errorOf(back)).to.deep.equal([error, description]);
        expect(back.searchParams.get('state')).to.equal('s');
      });

    it('tells it the same without a prompt, of somebody who is signed in', async () => {
      const cookies = new CookieJar();
      await signIn({ email: 'zoe@example.com', cookies });
      const { back } = await signIn({ parameters: { organization: ACME, prompt: 'none' }, cookies });
      expect(errorOf(back)[0]).to.equal('access_denied');
    });

    it('knows users of the organization’s connections only', async () => {
      for (const [organization, email] of [
        [GLOBEX, 'ann@example.com'],
        [ACME, 'gus@example.com'],
      ] as const) {
        const page = await failure(signIn({ parameters: { organization }, email }));
        expect(page.message).to.include('Wrong email or password');
      }
    });

    it('makes members of whom the connection says so', async () => {
      const id = standIn.store.connections.first('name', CONNECTION)!.id;
      const operator = await operatorToken(standIn);
      const path = `organizations/${ACME}/enabled_connections/${id}`;
      await callManagement(standIn, operator, 'PATCH', path, { assign_membership_on_login: true });
      const { tokens } = await signIn({ parameters: { organization: ACME }, email: 'zoe@example.com' });
      expect(decodeJwt(tokens.access_token)['org_id']).to.equal(ACME);
      const members = await callManagement<{ user_id: string }[]>(
        standIn,
        operator,
        'GET',
        `organizations/${ACME}/members`,
      );
      expect(members.body.map(({ user_id }) => user_id)).to.include('auth0|zoe');
    });

    it('accepts an invitation once, of whom it was sent to', async () => {
      behave('spa', { initiate_login_uri: 'https://app.example/login' });
      const operator = await operatorToken(standIn);
      const invite = async (email: string): Promise<string> => {
        const path = `organizations/${ACME}/invitations`;
        const invitation = { inviter: { name: 'Ann' }, invitee: { email }, client_id: 'spa' };
        const { body } = await callManagement(standIn, operator, 'POST', path, invitation);
        return String(body['ticket_id']);
      };
      const others = { organization: ACME, invitation: await invite('somebody@example.com') };
      const wrong = await signIn({ parameters: others, email: 'zoe@example.com' });
      expect(errorOf(wrong.back)[0]).to.equal('access_denied');
      const parameters = { organization: ACME, invitation: await invite('Zoe@example.com') };
      const other = await signIn({
        parameters: { ...parameters, organization: WILEY },
        email: 'zoe@example.com',
      });
      expect(errorOf(other.back)[0]).to.equal('invalid_request');
      const { tokens } = await signIn({ parameters, email: 'zoe@example.com' });
      expect(decodeJwt(tokens.access_token)['org_id']).to.equal(ACME);
      expect(errorOf((await signIn({ parameters })).back)[0]).to.equal('invalid_request');
    });

    it('asks applications to be named for an organization that says so (Auth0 docs, "Grant per-application access")', async () => {
      const operator = await operatorToken(standIn);
      const change = { is_app_entitlement_active: true };
      await callManagement(standIn, operator, 'PATCH', `organizations/${ACME}`, change);
      const attempt = async () => errorOf((await signIn({ parameters: { organization: ACME } })).back)[0];
      expect(await attempt()).to.equal('invalid_request');
      for (const [use_for_member_access, error] of [
        [true, null],
        [false, 'invalid_request'],
      ] as const) {
        const clients = [{ client_id: 'spa', use_for_member_access }];
        await callManagement(standIn, operator, 'POST', `organizations/${ACME}/clients`, { clients });
        expect(await attempt()).to.equal(error);
      }
    });
  });

  describe('by what the application is set to (Auth0 docs, "Define organization behavior")', () => {
    const TABLE: [usage: string | undefined, behavior: string, named: boolean, ends: string][] = [
      [undefined, 'no_prompt', true, 'parameter organization is not allowed for this client'],
      ['deny', 'post_login_prompt', true, 'parameter organization is not allowed for this client'],
      ['deny', 'post_login_prompt', false, 'without'],
      ['allow', 'no_prompt', false, 'without'],
      ['allow', 'no_prompt', true, ACME],
      ['require', 'no_prompt', false, 'parameter organization is required for this client'],
      ['require', 'no_prompt', true, ACME],
      ['require', 'pre_login_prompt', false, '/u/organization-selection'],
      ['require', 'pre_login_prompt', true, ACME],
      ['require', 'post_login_prompt', false, '/u/organization-picker'],
      ['require', 'post_login_prompt', true, ACME],
      ['allow', 'post_login_prompt', false, '/u/organization-picker'],
    ];
    for (const [usage, behavior, named, ends] of TABLE)
      it(`${usage ?? 'nothing said'}, ${behavior}, ${named ? 'an organization' : 'none'}: ${ends}`, async () => {
        behave('spa', {
          ...(usage !== undefined && { organization_usage: usage }),
          organization_require_behavior: behavior,
        });
        const attempt = signIn({ parameters: named ? { organization: ACME } : {} });
        if (ends.startsWith('/u/')) {
          expect(new URL((await failure(attempt)).url).pathname).to.equal(ends);
          return;
        }
        const { back, tokens } = await attempt;
        if (tokens.access_token === '') return expect(errorOf(back)).to.deep.equal(['invalid_request', ends]);
        expect(decodeJwt(tokens.access_token)['org_id'] ?? 'without').to.equal(ends);
      });

    it('pre_login_prompt: by name, or an address of a verified domain', async () => {
      ask('require', 'pre_login_prompt');
      const named = await signIn({ organizationName: 'Wiley' });
      expect(decodeJwt(named.tokens.access_token)['org_id']).to.equal(WILEY);
      const path = `organizations/${ACME}/discovery-domains`;
      const operator = await operatorToken(standIn);
      const { body } = await callManagement(standIn, operator, 'POST', path, { domain: 'acme.example' });
      for (const name of ['nobody', 'x@acme.example', 'empty'])
        expect((await failure(signIn({ organizationName: name }))).message).to.include('could not be found');
      const verified = { status: 'verified' };
      await callManagement(standIn, operator, 'PATCH', `${path}/${String(body['id'])}`, verified);
      const found = await signIn({ organizationName: 'x@ACME.example' });
      expect(decodeJwt(found.tokens.access_token)['org_id']).to.equal(ACME);
    });

    it('post_login_prompt: those that the user is in, in the order of joining, the only one without asking', async () => {
      ask('require', 'post_login_prompt');
      const page = await failure(signIn());
      const shown = [...page.html.matchAll(/name="organization" value="([^"]+)"/g)].map(([, id]) => id);
      expect(shown).to.deep.equal([ACME, WILEY]);
      expect(decodeJwt((await signIn({ organization: WILEY })).tokens.access_token)['org_id']).to.equal(
        WILEY,
      );
      expect((await failure(signIn({ organization: CLOSED }))).status, 'not in it').to.equal(400);
      const gus = await signIn({ email: 'gus@example.com' });
      expect(decodeJwt(gus.tokens.access_token)['org_id']).to.equal(GLOBEX);
      const zoe = await signIn({ email: 'zoe@example.com' });
      expect(errorOf(zoe.back)).to.deep.equal([
        'invalid_request',
        'client requires organization membership, but user does not belong to any organization',
      ]);
    });

    it('post_login_prompt: who signs in again as somebody else chooses anew', async () => {
      ask('require', 'post_login_prompt');
      const cookies = new CookieJar();
      await signIn({ email: 'gus@example.com', cookies });
      const { tokens } = await signIn({ parameters: { prompt: 'login' }, cookies, organization: ACME });
      expect(decodeJwt(tokens.access_token)).to.include({ sub: 'auth0|ann', org_id: ACME });
    });

    it('post_login_prompt: a personal account too, where organizations are allowed only', async () => {
      ask('allow', 'post_login_prompt');
      const { tokens } = await signIn({ organization: '-' });
      expect(decodeJwt(tokens.access_token)).to.not.have.property('org_id');
      const zoe = await signIn({ email: 'zoe@example.com' });
      expect(decodeJwt(zoe.tokens.access_token)).to.not.have.property('org_id');
    });

    it('post_login_prompt: the only organization that makes members of a connection’s users', async () => {
      ask('require', 'post_login_prompt');
      const id = standIn.store.connections.first('name', CONNECTION)!.id;
      const operator = await operatorToken(standIn);
      const join = (organization: string) =>
        callManagement(
          standIn,
          operator,
          'PATCH',
          `organizations/${organization}/enabled_connections/${id}`,
          {
            assign_membership_on_login: true,
          },
        );
      await join(CLOSED);
      const { tokens } = await signIn({ email: 'zoe@example.com' });
      expect(decodeJwt(tokens.access_token)['org_id']).to.equal(CLOSED);
      removeMember(standIn.store, CLOSED, 'auth0|zoe', { now: Date.now(), lags: false });
      await join(ACME);
      expect(errorOf((await signIn({ email: 'zoe@example.com' })).back)[0]).to.equal('invalid_request');
    });

    it('prompt=none never asks', async () => {
      const cookies = new CookieJar();
      await signIn({ cookies });
      for (const behavior of ['pre_login_prompt', 'post_login_prompt']) {
        ask('require', behavior);
        const { back } = await signIn({ parameters: { prompt: 'none' }, cookies });
        expect(errorOf(back)[0], behavior).to.equal('interaction_required');
      }
    });
  });

  describe('what Actions find as event.organization', () => {
    beforeEach(nameIt);
    const claims = async (organization: string) => {
      const { tokens } = await signIn({ parameters: { organization } });
      const { [`${AUDIENCE}/tenant_id`]: tenant, [`${AUDIENCE}/roles`]: roles } = decodeJwt(
        tokens.access_token,
      );
      return { tenant, roles };
    };

    it('decides the tenant; roles of another tenant count for nothing in it', async () => {
      expect(await claims(ACME)).to.deep.equal({ tenant: 'acme', roles: ['admin'] });
      expect(await claims(WILEY)).to.deep.equal({ tenant: 'wiley', roles: [] });
    });

    const metadataOf = (userId: string) => standIn.store.users.get(userId)!.profile.app_metadata;
    const change = (userId: string, app_metadata: object) => {
      const user = standIn.store.users.get(userId)!;
      standIn.store.users.put({ ...user, profile: { ...user.profile, app_metadata: { ...app_metadata } } });
    };

    it('marks a guest at the first sign-in, and nobody at home', async () => {
      const before = metadataOf('auth0|ann');
      await claims(ACME);
      expect(metadataOf('auth0|ann')).to.deep.equal(before);
      await claims(WILEY);
      expect(metadataOf('auth0|ann')).to.deep.equal({
        ...before,
        [WILEY]: { tenant_id: 'wiley', roles: [] },
      });
    });

    it('ends the refresh tokens of a guest whose mark was taken, until the next sign-in', async () => {
      const { tokens } = await signIn({ parameters: { organization: WILEY } });
      const atHome = await signIn({ parameters: { organization: ACME } });
      expect((await refresh(tokens)).status).to.equal(200);
      const { [WILEY]: _mark, ...home } = metadataOf('auth0|ann')!;
      change('auth0|ann', home);
      expect((await refresh(tokens)).body['error']).to.equal('invalid_grant');
      expect(metadataOf('auth0|ann')).to.deep.equal(home);
      expect((await refresh(atHome.tokens)).status).to.equal(200);
      const again = await signIn({ parameters: { organization: WILEY } });
      expect((await refresh(again.tokens)).status).to.equal(200);
    });

    const ROLES: [what: string, app_metadata: object, organization: string, roles: unknown[]][] = [
      [
        'of its mark',
        { tenant_id: 'acme', roles: ['admin'], [WILEY]: { tenant_id: 'wiley', roles: ['owner'] } },
        WILEY,
        ['owner'],
      ],
      [
        'of its mark, at home, too',
        { tenant_id: 'acme', roles: ['admin'], [ACME]: { tenant_id: 'acme', roles: [] } },
        ACME,
        [],
      ],
      [
        'of the home',
        { tenant_id: 'acme', roles: ['admin'], [WILEY]: { tenant_id: 'wiley', roles: ['owner'] } },
        ACME,
        ['admin'],
      ],
      [
        'none of a mark without roles',
        { tenant_id: 'acme', roles: ['admin'], [ACME]: { tenant_id: 'acme' } },
        ACME,
        [],
      ],
      ['none of what is no mark', { tenant_id: 'globex', roles: ['admin'], [ACME]: ['admin'] }, ACME, []],
      ['none of another home', { tenant_id: 'globex', roles: ['admin'] }, ACME, []],
      ['none without a home', { roles: ['admin'] }, ACME, []],
    ];
    for (const [what, app_metadata, organization, roles] of ROLES)
      it(`brings roles ${what}`, async () => {
        change('auth0|ann', app_metadata);
        const tenant = organization === ACME ? 'acme' : 'wiley';
        expect(await claims(organization)).to.deep.equal({ tenant, roles });
      });

    it('brings no roles that the account gives the member, and no tenant where it names none', async () => {
      const { id } = standIn.store.roles.put({ id: 'rol_a', name: 'editor', permissions: [] });
      addMember(standIn.store, WILEY, 'auth0|ann', Date.now(), [id]);
      expect(await claims(WILEY)).to.deep.equal({ tenant: 'wiley', roles: [] });
      standIn.store.organizations.put({ ...standIn.store.organizations.get(WILEY)!, metadata: {} });
      change('auth0|ann', { tenant_id: 'acme', roles: ['admin'] });
      expect(await claims(WILEY)).to.deep.equal({ tenant: undefined, roles: [] });
      expect(metadataOf('auth0|ann')).to.not.have.property(WILEY);
    });

    it('has the permissions of its member only (community.auth0.com/t/99135)', async () => {
      const { store } = standIn;
      const server = store.resourceServers.first('identifier', AUDIENCE)!;
      store.resourceServers.put({ ...server, enforce_policies: true, token_dialect: 'access_token_authz' });
      const permission = (permission_name: string) => [
        { resource_server_identifier: AUDIENCE, permission_name },
      ];
      store.roles.put({ id: 'rol_all', name: 'all', permissions: permission('create:users') });
      store.roles.put({ id: 'rol_org', name: 'org', permissions: permission('read:users') });
      store.access.put({ user_id: 'auth0|ann', roles: ['rol_all'], permissions: [] });
      addMember(store, ACME, 'auth0|ann', Date.now(), ['rol_org']);
      const permissions = async (parameters: Record<string, string>) =>
        decodeJwt((await signIn({ parameters })).tokens.access_token)['permissions'];
      expect(await permissions({})).to.deep.equal(['create:users']);
      expect(await permissions({ organization: ACME })).to.deep.equal(['read:users']);
      expect(await permissions({ organization: WILEY })).to.deep.equal([]);
    });
  });

  describe('by somebody else’s application', () => {
    const third = (more: Asked): ReturnType<typeof signIn> => signIn({ client: THIRD_PARTY, ...more });

    it('consents for each organization, and withdraws from one (Auth0 docs, "Consent with Organizations")', async () => {
      const cookies = new CookieJar();
      const parameters = { organization: ACME };
      const first = await third({ parameters, consent: 'accept', cookies });
      expect(decodeJwt(first.tokens.access_token)['org_id']).to.equal(ACME);
      expect((await third({ parameters, cookies })).tokens.access_token).to.not.equal('');
      for (const other of [{ organization: WILEY }, {}] as Record<string, string>[])
        expect(new URL((await failure(third({ parameters: other, cookies }))).url).pathname).to.equal(
          '/u/consent',
        );
      const wiley = await third({ parameters: { organization: WILEY }, consent: 'accept', cookies });
      const operator = await operatorToken(standIn);
      type Grants = { id: string; organization_id?: string }[];
      const { body } = await callManagement<Grants>(standIn, operator, 'GET', 'grants?user_id=auth0%7Cann');
      expect(body.map((one) => one.organization_id)).to.have.members([ACME, WILEY]);
      const ofAcme = body.find((one) => one.organization_id === ACME)!;
      await callManagement(standIn, operator, 'DELETE', `grants/${ofAcme.id}`);
      expect((await refresh(first.tokens, THIRD_PARTY)).body['error']).to.equal('invalid_grant');
      expect((await refresh(wiley.tokens, THIRD_PARTY)).status, 'the other one’s').to.equal(200);
    });

    const REFUSED: [what: string, organization: string, change?: () => void][] = [
      ['an organization that keeps third parties out', CLOSED],
      ['one without a connection', EMPTY],
      ['one whose connection is not of the domain', GLOBEX, () => demote('globex')],
      ['one that is not there', 'org_0000000000000000'],
    ];
    for (const [what, organization, change] of REFUSED)
      it(`is refused on a page: ${what}`, async () => {
        change?.();
        const page = await failure(third({ parameters: { organization }, consent: 'accept' }));
        expect(page.html).to.include('invalid_request');
        expect(page.message).to.include(`parameter organization is invalid: ${organization}`);
      });

    it('is shown on a page who is no member, and picks only organizations that let it in', async () => {
      const page = await failure(
        third({ parameters: { organization: ACME }, email: 'zoe@example.com', consent: 'accept' }),
      );
      expect(page.html).to.include('access_denied');
      addMember(standIn.store, CLOSED, 'auth0|ann', 1);
      ask('require', 'post_login_prompt', THIRD_PARTY);
      expect((await failure(third({}))).html).to.not.include(CLOSED);
      const picked = await third({ organization: WILEY, consent: 'accept' });
      expect(decodeJwt(picked.tokens.access_token)['org_id']).to.equal(WILEY);
    });

    it('needs organizations switched on for it, as all applications do', async () => {
      behave(THIRD_PARTY, { organization_usage: 'deny' });
      const page = await failure(third({ parameters: { organization: ACME } }));
      expect(page.message).to.include('parameter organization is not allowed for this client');
    });

    it('takes no invitation', async () => {
      const page = await failure(third({ parameters: { organization: ACME, invitation: 'x' } }));
      expect(page.html).to.include('invalid_request');
    });
  });

  describe('as a client itself', () => {
    const TABLE: [
      usage: string | undefined,
      any: boolean,
      associated: boolean,
      named: boolean,
      ends: string,
    ][] = [
      [undefined, true, true, false, 'without'],
      [undefined, true, true, true, 'invalid_request'],
      ['deny', true, true, true, 'invalid_request'],
      ['allow', false, false, false, 'without'],
      ['allow', false, false, true, 'access_denied'],
      ['allow', false, true, true, ACME],
      ['allow', true, false, true, ACME],
      ['require', true, false, false, 'invalid_request'],
      ['require', true, false, true, ACME],
    ];
    for (const [usage, any, associated, named, ends] of TABLE)
      it(`grant: ${usage ?? 'nothing said'}, any: ${any}, associated: ${associated}, named: ${named}: ${ends}`, async () => {
        grantSays({ ...(usage !== undefined && { organization_usage: usage }), allow_any_organization: any });
        if (associated)
          standIn.store.organizationGrants.put({ organization_id: ACME, grant_id: grantOfKey().id });
        const { body } = await exchange(named ? { organization: ACME } : {});
        if (body['error'] !== undefined) return expect(body['error']).to.equal(ends);
        const claims = decodeJwt(String(body['access_token']));
        expect(claims['org_id'] ?? 'without').to.equal(ends);
        expect(claims[`${AUDIENCE}/tenant_id`]).to.equal('acme');
      });

    it('has a default where one is required, and is not helped by one that is not there', async () => {
      behave('key', { default_organization: { organization_id: WILEY, flows: ['client_credentials'] } });
      grantSays({ organization_usage: 'require', allow_any_organization: true });
      const { body } = await exchange({});
      expect(decodeJwt(String(body['access_token']))).to.include({
        org_id: WILEY,
        [`${AUDIENCE}/tenant_id`]: 'acme',
      });
      grantSays({ organization_usage: 'allow', allow_any_organization: true });
      const unasked = await exchange({});
      expect(decodeJwt(String(unasked.body['access_token']))).to.not.have.property('org_id');
      expect((await exchange({ organization: 'org_0000000000000000' })).body['error']).to.equal(
        'invalid_request',
      );
    });

    it('of somebody else’s needs each organization, whatever its grant says (Auth0 docs, "Authorize M2M access")', async () => {
      behave('key', { is_first_party: false });
      grantSays({ organization_usage: 'allow', allow_any_organization: true });
      expect((await exchange({ organization: ACME })).body['error']).to.equal('access_denied');
      standIn.store.organizationGrants.put({ organization_id: ACME, grant_id: grantOfKey().id });
      const { body } = await exchange({ organization: ACME });
      expect(decodeJwt(String(body['access_token']))['org_id']).to.equal(ACME);
    });

    const grantOfKey = () =>
      [...standIn.store.clientGrants.by('client', 'key')].find(({ audience }) => audience === AUDIENCE)!;
    const grantSays = (changes: object) => standIn.store.clientGrants.put({ ...grantOfKey(), ...changes });
    const exchange = (more: Record<string, string>) =>
      postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: 'key',
        client_secret: 'key-secret',
        audience: AUDIENCE,
        ...more,
      });
  });

  describe('with several databases', () => {
    const gus: Asked = { email: 'gus@example.com' };
    const who = async (asked: Asked) => decodeJwt((await signIn(asked)).tokens.access_token).sub;

    it('asks all of them unless told otherwise', async () => {
      expect(await who({})).to.equal('auth0|ann');
      expect(await who(gus)).to.equal('auth0|gus');
      expect(await who({ ...gus, parameters: { connection: 'globex' } })).to.equal('auth0|gus');
      expect(await who({ ...gus, parameters: { connection: 'nothing' } }), 'overlooked').to.equal(
        'auth0|gus',
      );
    });

    describe('as Auth0’s page, which cannot choose between them', () => {
      beforeEach(() => standIn.controls.change({ loginDatabases: 'one' }));
      const isUnknown = async (asked: Asked) =>
        expect((await failure(signIn(asked))).message).to.include('Wrong email or password');

      it('asks one of them', async () => {
        expect(await who({})).to.equal('auth0|ann');
        await isUnknown(gus);
      });

      it('asks the one that the request names, of the domain’s by somebody else’s application too', async () => {
        expect(await who({ ...gus, parameters: { connection: 'globex' } })).to.equal('auth0|gus');
        await isUnknown({ parameters: { connection: 'globex' } });
        const third: Asked = { client: THIRD_PARTY, consent: 'accept' };
        await isUnknown({ ...third, ...gus });
        expect(await who({ ...third, ...gus, parameters: { connection: 'globex' } })).to.equal('auth0|gus');
        const { back } = await signIn({ parameters: { connection: 'nothing' } });
        expect(errorOf(back)).to.deep.equal(['invalid_request', 'the connection is not enabled']);
      });

      it('asks the Default Directory where the application has it', async () => {
        await settings({ default_directory: 'globex' });
        expect(await who(gus)).to.equal('auth0|gus');
        await isUnknown({});
        // Of `web`, which does not have it, only where users choose an organization after signing in.
        const web: Asked = { ...gus, client: 'spa' };
        const globex = standIn.store.connections.first('name', 'globex')!;
        standIn.store.connections.put({ ...globex, enabled_clients: [] });
        await isUnknown(web);
        ask('allow', 'post_login_prompt');
        removeMember(standIn.store, GLOBEX, 'auth0|gus', { now: 0, lags: false });
        expect(await who(web)).to.equal('auth0|gus');
      });

      it('asks the organization’s, named or asked for first', async () => {
        nameIt();
        expect(await who({ ...gus, parameters: { organization: GLOBEX } })).to.equal('auth0|gus');
        ask('require', 'pre_login_prompt');
        expect(await who({ ...gus, organizationName: 'globex' })).to.equal('auth0|gus');
        expect(await who({ organizationName: 'acme' })).to.equal('auth0|ann');
        await isUnknown({ ...gus, organizationName: 'acme' });
      });
    });
  });

  function demote(name: string): void {
    const connection = standIn.store.connections.first('name', name)!;
    standIn.store.connections.put({ ...connection, is_domain_connection: false });
  }
});

async function failure(attempt: Promise<unknown>): Promise<EndedOnPage> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof EndedOnPage) return error;
    throw error;
  }
  throw new Error('it came through');
}
