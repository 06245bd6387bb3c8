/** Where the authority's sign-in page cannot choose between databases, ours asks which tenant a person belongs to, and says nothing. */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { openRequest, sealRequest } from '../../../src/operations/oauth/authorization-request.ts';
import {
  forgetTenant,
  rememberedTenant,
  rememberTenant,
} from '../../../src/operations/oauth/remembered-tenant.ts';
import { tenantPage } from '../../../src/operations/oauth/tenant-page.ts';
import { openUnexpired, sealUntil } from '../../../src/operations/sealed-until.ts';
import { SHARED_DATABASE } from '../../../src/start/demo-tenants.ts';
import { brandOf } from '../../../src/settings/brand.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import { APP_REDIRECT, registerApp } from '../../support/apps.ts';
import { apiKey, operator } from '../../support/callers.ts';
import { call, type Answer } from '../../support/client.ts';
import { aTenant, newTenantId, removeTenant, type MadeTenant } from '../../support/tenants.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: BROWSER };

describe('the page that asks for the tenant', () => {
  let clientId: string;
  let tenant: MadeTenant;
  let domain: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    ({ clientId } = await registerApp({ scope: 'read:users' }));
    tenant = await aTenant();
    domain = `${tenant.id}.example`;
    const path = `/v1/tenants/${tenant.id}`;
    const as = await operator();
    const { headers } = await call('GET', path, { as });
    await call('PATCH', path, {
      as,
      headers: { 'if-match': headers.get('etag')! },
      body: { email_domains: [domain, `xn--bcher-kva.${domain}`] },
    });
  });

  type Parameters = Record<string, string> | [string, string][];
  const asked = (more: Parameters = {}): [string, string][] => [
    ['client_id', clientId],
    ['response_type', 'code'],
    ['redirect_uri', APP_REDIRECT],
    ['state', 'a b&c="d"'],
    ['code_challenge', 'x'.repeat(43)],
    ['code_challenge_method', 'S256'],
    ...(Array.isArray(more) ? more : Object.entries(more)),
  ];
  const authorize = (more: Parameters = {}, headers: Record<string, string> = { accept: BROWSER }) =>
    call('GET', `/oauth/authorize?${new URLSearchParams(asked(more)).toString()}`, { headers });
  const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const requestIn = ({ status, body }: Answer): string => {
    expect(status).to.equal(200);
    return unescaped(/name="request" value="([^"]+)"/.exec(body)![1]!);
  };
  const choose = (form: Record<string, string> | string, headers: Record<string, string> = FORM) =>
    call('POST', '/oauth/authorize/tenant', {
      headers,
      body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
    });
  const answerFor = async (identifier: string, more: Record<string, string> = {}) =>
    choose({ request: requestIn(await authorize()), identifier, ...more });
  const locationOf = ({ headers }: Answer) => new URL(headers.get('location')!);
  const connectionOf = (answer: Answer) => locationOf(answer).searchParams.get('connection');
  const cookieOf = ({ headers }: Answer) => headers.getSetCookie()[0]!;
  const sentBack = (answer: Answer) => ({ cookie: cookieOf(answer).split(';')[0]!, accept: BROWSER });

  it('is a form that loads nothing, runs nothing and names no tenant and no app', async () => {
    const answer = await authorize();
    expect(answer.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    expect(answer.headers.get('content-security-policy'))
      .to.include("default-src 'none'")
      .and.include("frame-ancestors 'none'");
    expect(answer.headers.get('x-frame-options')).to.match(/deny/i);
    expect(answer.headers.getSetCookie()).to.deep.equal([]);
    expect(answer.body).to.not.match(/<(script|link|img|iframe|object|meta http-equiv)|url\(/i);
    expect(answer.body).to.not.match(/acme|globex|Test Reports/i);
    expect(answer.body).to.include('action="authorize/tenant"');
  });

  it('keeps every parameter of the request, and adds the connection', async () => {
    const { api, audience } = await world();
    const more: [string, string][] = [
      ['resource', api],
      ['scope', 'read:users offline_access'],
      ['prompt', 'consent'],
      ['nonce', 'ñ😀'],
      ['max_age', '0'],
      ['ui_locales', 'de'],
      ['dpop_jkt', 'k'],
      ['ext-own', '1'],
      ['ext-own', '2'],
    ];
    const direct = await authorize(more, {});
    expect(direct.status).to.equal(302);
    const chosen = await choose({ request: requestIn(await authorize(more)), identifier: 'acme' });
    expect(chosen.status).to.equal(303);
    expect([...locationOf(chosen).searchParams]).to.deep.equal([
      ...locationOf(direct).searchParams,
      ['connection', 'acme-users'],
    ]);
    expect(locationOf(chosen).searchParams.get('audience')).to.equal(audience);
    expect(locationOf(chosen).searchParams.get('state')).to.equal('a b&c="d"');
    expect(locationOf(chosen).origin).to.equal(locationOf(direct).origin);
  });

  const known: [name: string, identifier: () => string][] = [
    ['its id', () => tenant.id],
    ['its id in other letters', () => tenant.id.toUpperCase()],
    ['its id among blanks', () => `  ${tenant.id}\t`],
    ['an address of its domain', () => `Ann.O'Hara+x@${domain}`],
    ['an address of its domain in other letters', () => `ann@${domain.toUpperCase()}`],
    ['an address of an international domain', () => `ann@Bücher.${domain}`],
    ['an address with two signs', () => `"a@b"@${domain}`],
  ];
  for (const [name, identifier] of known)
    it(`finds a tenant by ${name}`, async () => {
      expect(connectionOf(await answerFor(identifier()))).to.equal(`${tenant.id}-users`);
    });

  const unknown: [name: string, identifier: () => string][] = [
    ['nothing', () => ''],
    ['an id that nobody has', () => newTenantId()],
    ['an address of no tenant', () => 'ann@nobody.example'],
    ['an address of a subdomain', () => `ann@mail.${domain}`],
    ['an address of a longer domain', () => `ann@${domain}.evil.example`],
    ['a domain without an address', () => domain],
    ['the id as a domain', () => `ann@${tenant.id}`],
    ['a sign only', () => '@'],
    ['its name', () => `Tenant ${tenant.id}`],
    ['a pattern', () => 't*'],
    ['a prototype', () => '__proto__'],
    ['a member of a prototype', () => 'ann@constructor'],
    ['markup', () => '"><script>alert(1)</script>'],
    ['a header', () => 'x\r\nSet-Cookie: a=b'],
    ['nothing that a text ends with', () => `${tenant.id}\0`],
    ['another address', () => 'https://evil.example/?connection=acme-users'],
    ['another parameter', () => `${tenant.id}&redirect_uri=https://evil.example`],
    ['a long one', () => '😀'.repeat(127)],
  ];
  for (const [name, identifier] of unknown)
    it(`answers ${name} as it answers a tenant’s name`, async () => {
      const shown = (answer: Answer) => ({
        status: answer.status,
        body: answer.body as unknown,
        fields: [...answer.headers.keys()].sort(),
        cookie: cookieOf(answer).length,
      });
      const there = await answerFor(tenant.id, { remember: 'yes' });
      const notThere = await answerFor(identifier(), { remember: 'yes' });
      expect(shown(notThere)).to.deep.equal(shown(there));
      expect(cookieOf(await answerFor(identifier()))).to.equal(cookieOf(await answerFor(tenant.id)));
      const [from, to] = [locationOf(there), locationOf(notThere)];
      expect([...to.searchParams]).to.deep.equal(
        // To the database that tenants share.
        [...from.searchParams].map(([name, value]) => [
          name,
          name === 'connection' ? SHARED_DATABASE : value,
        ]),
      );
      expect(to.origin + to.pathname).to.equal(from.origin + from.pathname);
    });

  const straightOn: [name: string, more: () => Parameters, connection: () => string | null][] = [
    ['names a connection', () => ({ connection: 'globex-users' }), () => 'globex-users'],
    ['has an address of a known domain', () => ({ login_hint: `ann@${domain}` }), () => `${tenant.id}-users`],
    ['must show no page', () => ({ prompt: 'none' }), () => null],
    ['must show no page, and says so twice', () => ({ prompt: 'none login' }), () => null],
  ];
  for (const [name, more, connection] of straightOn)
    it(`is left out where the request ${name}`, async () => {
      const answer = await authorize(more());
      expect([answer.status, connectionOf(answer)]).to.deep.equal([302, connection()]);
    });

  const askedAllTheSame: [name: string, more: () => Parameters][] = [
    ['an empty connection', () => ({ connection: '' })],
    ['an address of no tenant', () => ({ login_hint: 'ann@nobody.example' })],
    ['a name that may be a user’s', () => ({ login_hint: tenant.id })],
    ['a prompt for consent', () => ({ prompt: 'consent' })],
  ];
  for (const [name, more] of askedAllTheSame)
    it(`is shown for ${name}`, async () => {
      requestIn(await authorize(more()));
    });

  it('is left out for programs, and for apps that are not registered', async () => {
    for (const accept of ['*/*', 'application/json', 'image/png', 'application/json, text/html;q=0.5'])
      expect((await authorize({}, { accept })).status, accept).to.equal(302);
    const answer = await call('GET', '/oauth/authorize?client_id=tpc_x', { headers: { accept: BROWSER } });
    expect(answer.status).to.equal(302);
  });

  it('shows what the app believes of the person, as text', async () => {
    const hints: [string, string][] = [
      ['ann@nobody.example', 'ann@nobody.example'],
      [`"><script>alert('1')</script>`, '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;'],
      [`${'a'.repeat(300)}@b.example`, ''],
    ];
    for (const [login_hint, value] of hints)
      expect((await authorize({ login_hint })).body).to.include(` value="${value}" maxlength="254"`);
  });

  describe('remembers', () => {
    it('the tenant in a cookie that no script reads and no other site’s form sends', async () => {
      const answer = await answerFor(tenant.id, { remember: 'yes' });
      expect(cookieOf(answer)).to.match(
        /^trivium_tenant=v1\.[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
      );
      expect(cookieOf(answer)).to.not.include(tenant.id);
      const again = await authorize({}, sentBack(answer));
      expect([again.status, connectionOf(again)]).to.deep.equal([302, `${tenant.id}-users`]);
    });

    it('it where the API is reached by https in a cookie of this host only', () => {
      const services = { seal: aSeal(), publicUrl: 'https://api.example.com/trivium' };
      const set = rememberTenant(services, 'acme');
      expect(set).to.match(
        /^__Host-trivium_tenant=v1\.[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/,
      );
      const value = /=([^;]+)/.exec(set)![1]!;
      expect(rememberedTenant(services, { '__Host-trivium_tenant': value })).to.equal('acme');
      expect(rememberedTenant(services, { trivium_tenant: value })).to.equal(undefined);
      expect(forgetTenant(services)).to.match(/^__Host-trivium_tenant=; .*; Max-Age=0; .*; Secure$/);
    });

    it('at every process, also when other cookies come with it', async () => {
      const { cookie } = sentBack(await answerFor(tenant.id, { remember: 'yes' }));
      const query = new URLSearchParams(asked()).toString();
      const headers = { accept: BROWSER, cookie: `a=b; ${cookie}; c="d"` };
      const again = await call('GET', `/oauth/authorize?${query}`, { headers, api: 1 });
      expect([again.status, connectionOf(again)]).to.deep.equal([302, `${tenant.id}-users`]);
    });

    it('nothing unless it is wanted, and forgets what it remembered', async () => {
      expect(cookieOf(await answerFor(tenant.id))).to.match(/^trivium_tenant=; .*; Max-Age=0; /);
      const answer = await answerFor(tenant.id, { remember: 'no' });
      expect([answer.status, answer.headers.getSetCookie()]).to.deep.equal([422, []]);
    });

    it('what the app’s request can take back: another account, another connection, another hint', async () => {
      const headers = sentBack(await answerFor('acme', { remember: 'yes' }));
      requestIn(await authorize({ prompt: 'select_account' }, headers));
      requestIn(await authorize({ prompt: 'consent select_account' }, headers));
      expect(connectionOf(await authorize({ connection: 'globex-users' }, headers))).to.equal('globex-users');
      const hinted = await authorize({ login_hint: `ann@${domain}` }, headers);
      expect(connectionOf(hinted)).to.equal(`${tenant.id}-users`);
    });

    const worthless: [name: string, cookie: () => Promise<string>][] = [
      ['nothing', () => Promise.resolve('')],
      ['a tenant’s id', () => Promise.resolve('acme')],
      ['what was made up', () => Promise.resolve('v1.k1.AAAA.AAAA.AAAA')],
      ['what another deployment sealed', () => Promise.resolve(sealRequest({ seal: aSeal() }, {}))],
      ['an authorization request', async () => requestIn(await authorize())],
      [
        'a changed one',
        async () => withOtherEnd(sentBack(await answerFor('acme', { remember: 'yes' })).cookie.slice(15)),
      ],
      [
        'a name that no tenant has',
        async () => sentBack(await answerFor('nobody', { remember: 'yes' })).cookie.split('=')[1]!,
      ],
    ];
    for (const [name, cookie] of worthless)
      it(`no tenant by a cookie that holds ${name}`, async () => {
        requestIn(await authorize({}, { accept: BROWSER, cookie: `trivium_tenant=${await cookie()}` }));
      });
  });

  it('asks the authority nothing, whoever is named', async () => {
    const { control } = await world();
    const identifiers = [tenant.id, newTenantId(), `ann@${domain}`, 'ann@nobody.example'];
    const databases = async () =>
      Promise.all(identifiers.map(async (one) => connectionOf(await answerFor(one))));
    const before = await databases();
    // Its calls are not counted: the world's upkeep may make some at any time.
    await control.addFault({ path: '/api/v2/*', effect: { kind: 'answer', status: 503 } });
    try {
      expect(await databases()).to.deep.equal(before);
    } finally {
      await control.clearFaults();
    }
  });

  it('leads to a tenant that is suspended, and to none that is deleted', async () => {
    const other = await aTenant();
    await call('POST', `${other.path}/suspend`, { as: await operator() });
    expect(connectionOf(await answerFor(other.id))).to.equal(`${other.id}-users`);
    const headers = sentBack(await answerFor(other.id, { remember: 'yes' }));
    await removeTenant(other.id, 'delete');
    expect(connectionOf(await answerFor(other.id))).to.equal(SHARED_DATABASE);
    requestIn(await authorize({}, headers));
  });

  describe('takes a form', () => {
    const worthless: [name: string, request: () => Promise<string>][] = [
      ['made up', () => Promise.resolve('v1.k1.AAAA.AAAA.AAAA')],
      ['of another deployment', () => Promise.resolve(sealRequest({ seal: aSeal() }, {}))],
      ['in clear text', () => Promise.resolve('client_id=x&redirect_uri=https://evil.example')],
      [
        'that is a cookie',
        async () => sentBack(await answerFor('acme', { remember: 'yes' })).cookie.slice(15),
      ],
      ['that is a cursor', () => aCursor()],
      ['with something behind it', async () => `${requestIn(await authorize())}.AAAA`],
      ['with a changed end', async () => withOtherEnd(requestIn(await authorize()))],
    ];
    for (const [name, request] of worthless)
      it(`not with a request ${name}`, async () => {
        const answer = await choose({ request: await request(), identifier: 'acme' });
        expect([answer.status, answer.headers.get('location')]).to.deep.equal([400, null]);
        expect(answer.body).to.include('Go back to the app and sign in again.');
        const { body } = await choose(
          { request: await request(), identifier: 'acme' },
          { ...FORM, accept: 'application/json' },
        );
        expect(body.code).to.equal('authorization_request_expired');
      });

    const sites: [fields: Record<string, string>, status: number][] = [
      [{ 'sec-fetch-site': 'same-origin' }, 303],
      [{ 'sec-fetch-site': 'none' }, 303],
      [{ 'sec-fetch-site': 'same-site' }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'sec-fetch-site': 'something-new' }, 403],
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ];
    for (const [fields, status] of sites)
      it(`${status === 303 ? 'of our own page' : 'of no other site'}: ${JSON.stringify(fields)}`, async () => {
        const form = { request: requestIn(await authorize()), identifier: 'acme', remember: 'yes' };
        const answer = await choose(form, { ...FORM, ...fields });
        expect([answer.status, answer.headers.getSetCookie().length]).to.deep.equal([
          status,
          status === 303 ? 1 : 0,
        ]);
      });

    it('of our own address, where the browser says no more than that', async () => {
      const { api } = await world();
      const form = { request: requestIn(await authorize()), identifier: 'acme' };
      expect((await choose(form, { ...FORM, origin: api })).status).to.equal(303);
    });

    const malformed: [name: string, form: string, headers: object, status: number][] = [
      ['that is empty', '', {}, 400],
      ['without a field', 'request=x', {}, 422],
      ['with a field twice', 'request=x&identifier=a&identifier=b', {}, 422],
      ['with a request twice', 'request=x&request=y&identifier=b', {}, 422],
      ['with too long a name', `request=x&identifier=${'a'.repeat(255)}`, {}, 422],
      ['that is not UTF-8', 'request=x&identifier=%E9', {}, 400],
      ['that is not percent-encoded', 'request=x&identifier=%zz', {}, 400],
      ['that is JSON', '{"request":"x","identifier":"acme"}', { 'content-type': 'application/json' }, 415],
      [
        'that is in another charset',
        'request=x&identifier=a',
        { 'content-type': `${FORM['content-type']};charset=iso-8859-1` },
        415,
      ],
      ['that is too large', `request=${'x'.repeat(65_536)}&identifier=a`, {}, 413],
      ['that names a prototype', '__proto__[x]=1&constructor=2&request=x', {}, 422],
    ];
    for (const [name, form, headers, status] of malformed)
      it(`not one ${name}`, async () => {
        const answer = await choose(form, { ...FORM, ...headers });
        expect(answer.status).to.equal(status);
        expect(answer.headers.get('content-type')).to.match(/^text\/html/);
      });
  });

  it('keeps a request for an hour', () => {
    const seal = aSeal();
    const now = Date.now();
    const sealed = sealUntil(seal, { state: 's' }, 'place', 3_600_000, now);
    expect(openUnexpired(seal, sealed, 'place', now + 3_599_999)).to.deep.equal({ state: 's' });
    expect(openUnexpired(seal, sealed, 'place', now + 3_600_000)).to.equal(undefined);
    expect(openUnexpired(seal, sealed, 'elsewhere', now)).to.equal(undefined);
    expect(openRequest({ seal }, sealRequest({ seal }, { state: 's' }))).to.deep.equal({ state: 's' });
  });

  it('says where one is, as text', () => {
    const brand = brandOf({ BRAND_NAME: 'API' });
    const page = tenantPage({ request: '"><b>', hint: '', publicUrl: 'https://api.example.com/x', brand });
    expect(page).to.include('connect to api.example.com').and.include('value="&quot;&gt;&lt;b&gt;"');
  });

  /** Of a listing of a tenant’s. */
  async function aCursor(): Promise<string> {
    const { body } = await call('GET', '/v1/users?limit=1', { as: await apiKey('acme') });
    return body.next_cursor as string;
  }
});

const withOtherEnd = (sealed: string) => sealed.slice(0, -1) + (sealed.endsWith('A') ? 'Q' : 'A');

/** Of somebody else’s deployment that names its keys alike. */
const aSeal = () => createSeal({ current: 'k1', byId: new Map([['k1', randomBytes(32)]]) });
