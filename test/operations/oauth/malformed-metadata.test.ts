/** Each kind of malformed metadata, with its exact error (RFC 7591 section 3.2.2); none of them leaves anything behind. */
import { expect } from 'chai';
import { generateKeyPairSync } from 'node:crypto';
import { call } from '../../support/client.ts';
import { world, WORLD_MS, type World } from '../../support/world.ts';

const good = { client_name: 'Example Reports', redirect_uris: ['https://reports.example/callback'] };
const keyOf = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
const rsa = keyOf(2048);
const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const signedIn = (jwks: object) => ({ ...good, token_endpoint_auth_method: 'private_key_jwt', jwks });
const unsigned = (claims: object) =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;

const to = (...redirect_uris: unknown[]) => ({ ...good, redirect_uris });
const U = 'invalid_redirect_uri';
const M = 'invalid_client_metadata';

const table: [name: string, body: unknown, error: string][] = [
  ['http', to('http://reports.example/'), U],
  ['http on a host that begins like loopback', to('http://127.0.0.1.evil.example/'), U],
  ['http on a private address', to('http://192.168.0.1/'), U],
  ['a fragment', to('https://reports.example/#x'), U],
  ['an empty fragment', to('https://reports.example/#'), U],
  ['a wildcard host', to('https://*.reports.example/'), U],
  ['a wildcard path', to('https://reports.example/*'), U],
  ['credentials', to('https://me:secret@reports.example/'), U],
  ['a user only', to('https://me@reports.example/'), U],
  ['empty credentials', to('https://@reports.example/'), U],
  ['a relative URI', to('/callback'), U],
  ['no scheme', to('reports.example/callback'), U],
  ['javascript:', to('javascript:alert(1)'), U],
  ['data:', to('data:text/html,x'), U],
  ['a scheme that is not in reverse domain order', to('myapp:/callback'), U],
  ['a backslash', to('https://reports.example\\@evil.example/'), U],
  ['a blank', to('https://reports.example/a b'), U],
  ['a line break', to('https://reports.example/\n'), U],
  ['letters that no URI has', to('https://rëports.example/'), U],
  ['no host', to('https://'), U],
  ['one good, one bad', to('https://reports.example/', 'http://reports.example/'), U],
  ['a private-use scheme of a web app', { ...to('com.example.app:/cb'), application_type: 'web' }, U],
  ['no redirect URI in the list', to(), U],
  ['an empty redirect URI beside a good one', to('https://reports.example/', ''), U],
  ['redirect URIs that are null', { ...good, redirect_uris: null }, U],
  ['a redirect URI that is a number', to(1), U],
  ['redirect URIs that are no list', { ...good, redirect_uris: 'https://reports.example/' }, U],
  ['eleven redirect URIs', to(...Array.from({ length: 11 }, (_, i) => `https://reports.example/${i}`)), U],
  ['a redirect URI of 2,049 characters', to(`https://reports.example/${'x'.repeat(2025)}`), U],
  ['no redirect URIs at all', { client_name: 'x' }, M],
  ['the implicit grant', { ...good, grant_types: ['implicit'] }, M],
  ['the password grant', { ...good, grant_types: ['password'] }, M],
  ['client credentials', { ...good, grant_types: ['client_credentials'] }, M],
  ['refresh without code', { ...good, grant_types: ['refresh_token'] }, M],
  ['a token response', { ...good, response_types: ['token'] }, M],
  ['a hybrid response', { ...good, response_types: ['code id_token'] }, M],
  ['an unknown way to authenticate', { ...good, token_endpoint_auth_method: 'tls_client_auth' }, M],
  ['a way to authenticate that is a number', { ...good, token_endpoint_auth_method: 1 }, M],
  ['an unknown application type', { ...good, application_type: 'toaster' }, M],
  ['a name with markup', { ...good, client_name: '<b>' }, M],
  ['a name with a control character', { ...good, client_name: 'Example\u0007' }, M],
  ['a name that turns the text around', { ...good, client_name: 'Example\u202Egro' }, M],
  ['a name of 101 characters', { ...good, client_name: 'x'.repeat(101) }, M],
  ['a localized name with markup', { ...good, 'client_name#ja': '<b>' }, M],
  ['a localized name that is a list', { ...good, 'client_name#ja': ['x'] }, M],
  ['a logo that a browser would run', { ...good, logo_uri: 'javascript:alert(1)' }, M],
  ['a logo over http', { ...good, logo_uri: 'http://reports.example/logo.png' }, M],
  ['a home page that is no URL', { ...good, client_uri: 'reports' }, M],
  ['terms with credentials', { ...good, tos_uri: 'https://me:secret@reports.example/' }, M],
  ['a localized policy that is data', { ...good, 'policy_uri#de': 'data:text/html,x' }, M],
  ['contacts that are no list', { ...good, contacts: 'me@reports.example' }, M],
  ['eleven contacts', { ...good, contacts: Array.from({ length: 11 }, () => 'me@reports.example') }, M],
  ['a scope that is a list', { ...good, scope: ['read:users'] }, M],
  ['a scope with a quote', { ...good, scope: 'read:users "' }, M],
  [
    'keys and where they are',
    { ...good, jwks: { keys: [rsa] }, jwks_uri: 'https://reports.example/jwks' },
    M,
  ],
  ['private_key_jwt without keys', { ...good, token_endpoint_auth_method: 'private_key_jwt' }, M],
  [
    'private_key_jwt with keys that would have to be fetched',
    { ...good, token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://reports.example/jwks' },
    M,
  ],
  ['keys that are no list', signedIn({ keys: rsa }), M],
  ['no key', signedIn({ keys: [] }), M],
  ['a key set of something else', signedIn({ key: rsa }), M],
  ['a kid that the authority does not take', signedIn({ keys: [{ ...rsa, kid: 'short' }] }), M],
  ['a kid with a dot', signedIn({ keys: [{ ...rsa, kid: 'key.of.november' }] }), M],
  ['a kid that is a number', signedIn({ keys: [{ ...rsa, kid: 1 }] }), M],
  [
    'two keys with one kid',
    signedIn({
      keys: [
        { ...rsa, kid: 'key-of-november' },
        { ...keyOf(2048), kid: 'key-of-november' },
      ],
    }),
    M,
  ],
  ['three keys', signedIn({ keys: [rsa, rsa, rsa] }), M],
  ['a private key', signedIn({ keys: [privateKey] }), M],
  ['a shared key', signedIn({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }), M],
  ['an elliptic key', signedIn({ keys: [elliptic] }), M],
  ['a key of 1024 bits', signedIn({ keys: [keyOf(1024)] }), M],
  ['a key for encryption', signedIn({ keys: [{ ...rsa, use: 'enc' }] }), M],
  ['a key for HMAC', signedIn({ keys: [{ ...rsa, alg: 'HS256' }] }), M],
  ['a key that cannot be read', signedIn({ keys: [{ kty: 'RSA', n: '!', e: '!' }] }), M],
  ['a software statement that is no JWT', { ...good, software_statement: 'x' }, 'invalid_software_statement'],
  ['a software statement that is a number', { ...good, software_statement: 1 }, 'invalid_software_statement'],
  [
    'a software statement by nobody',
    { ...good, software_statement: unsigned({}) },
    'invalid_software_statement',
  ],
  [
    'a software statement by somebody unknown',
    { ...good, software_statement: unsigned({ iss: 'https://evil.example' }) },
    'unapproved_software_statement',
  ],
  ['broken JSON', '{', M],
  ['a list', '[]', M],
  ['null', 'null', M],
  ['text', '"x"', M],
];

describe('malformed client metadata', () => {
  let w: World;
  before(async function () {
    this.timeout(WORLD_MS);
    w = await world();
  });

  const creations = async () => {
    const byStatus = (await w.control.calls())['POST /api/v2/clients'] ?? {};
    return Object.values(byStatus).reduce((sum, n) => sum + n, 0);
  };

  it('is answered with exactly the error that the RFC names', async () => {
    const before = await creations();
    const answers: [string, number, string][] = [];
    for (const [name, body] of table) {
      const headers = { 'content-type': 'application/json' };
      const answer = await call('POST', '/oauth/register', { body, headers });
      expect(Object.keys(answer.body), name).to.deep.equal(['error', 'error_description']);
      expect(answer.headers.get('cache-control'), name).to.equal('no-store');
      answers.push([name, answer.status, answer.body.error]);
    }
    expect(answers).to.deep.equal(table.map(([name, , error]) => [name, 400, error]));
    expect(await creations()).to.equal(before);
    // The control.
    expect((await call('POST', '/oauth/register', { body: good })).status).to.equal(201);
    expect(await creations()).to.equal(before + 1);
  });
});
