// A third-party app that is told nothing but the address of the API: it discovers how to get in (RFC 9728, RFC 8414), registers itself
// (RFC 7591), asks the person at this machine for consent in their browser, and then shows what the API answers, until they withdraw it.
//
//     npm install openid-client && API_URL=http://localhost:4000 node app.mjs
import { createServer } from 'node:http';
import * as oauth from 'openid-client';

const { API_URL = 'http://localhost:4000', API_PATH = '/orders/orders', PORT = '8976' } = process.env;
// What it needs, not everything that there is.
const { SCOPE = 'read:orders' } = process.env;
const own = `http://127.0.0.1:${PORT}`;
const redirectUri = `${own}/callback`;

// An API answers a request without a credential with the address of its metadata, too; this is where it is by RFC 9728.
const metadata = await (await fetch(new URL('/.well-known/oauth-protected-resource', API_URL))).json();
const config = await oauth.dynamicClientRegistration(
  new URL(metadata.authorization_servers[0]),
  { client_name: 'Order reports', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' },
  oauth.None(),
  // Plain http is for trying out on one machine only.
  { algorithm: 'oauth2', execute: API_URL.startsWith('http:') ? [oauth.allowInsecureRequests] : [] },
);

/** Of the sign-in that has begun; a server with many users keeps it in each one's session, and so the token. */
let begun;
let token;

async function signIn(response) {
  const verifier = oauth.randomPKCECodeVerifier();
  begun = { pkceCodeVerifier: verifier, expectedState: oauth.randomState() };
  const url = oauth.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    resource: metadata.resource,
    scope: SCOPE,
    state: begun.expectedState,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  response.writeHead(303, { location: url.href }).end();
}

async function signedIn(url, response) {
  const checks = begun;
  begun = undefined;
  ({ access_token: token } = await oauth.authorizationCodeGrant(config, url, checks));
  response.writeHead(303, { location: '/' }).end();
}

async function show(response) {
  if (!token) return signIn(response);
  const answer = await fetch(new URL(API_PATH, API_URL), { headers: { authorization: `Bearer ${token}` } });
  if (answer.status === 401) {
    // Expired, or the person has withdrawn their consent: they are asked again, and may say no.
    token = undefined;
    console.error((await answer.json()).title);
    return signIn(response);
  }
  // Status and body as they are: 403 says what the person, or the app, may not do.
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
  response.end(await answer.text());
}

const server = createServer((request, response) => {
  const url = new URL(request.url, own);
  const step =
    url.pathname === '/'
      ? show(response)
      : url.pathname === '/callback' && begun
        ? signedIn(url, response)
        : response.writeHead(404).end();
  Promise.resolve(step).catch((error) => {
    // The reason, such as that the person said no; never a token.
    console.error(error.error_description ?? error.message);
    response.writeHead(400).end('That did not work.');
  });
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`Open ${own}`));
