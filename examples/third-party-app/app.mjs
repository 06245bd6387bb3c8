// A third-party app that is told nothing but the address of the API: it discovers how to get in (RFC 9728, RFC 8414), registers itself
// (RFC 7591), asks a person for consent in their browser, and then calls the API for them.
//
//     npm install openid-client && API_URL=http://localhost:4000 node app.mjs
import { createServer } from 'node:http';
import * as oauth from 'openid-client';

const { API_URL = 'http://localhost:4000', API_PATH = '/orders/orders', PORT = '8976' } = process.env;
const redirectUri = `http://127.0.0.1:${PORT}/callback`;

// An API answers a request without a credential with the address of its metadata, too; this is where it is by RFC 9728.
const metadata = await (await fetch(new URL('/.well-known/oauth-protected-resource', API_URL))).json();
const config = await oauth.dynamicClientRegistration(
  new URL(metadata.authorization_servers[0]),
  { client_name: 'Order reports', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' },
  oauth.None(),
  // Plain http is for trying out on one machine only.
  { algorithm: 'oauth2', execute: API_URL.startsWith('http:') ? [oauth.allowInsecureRequests] : [] },
);

const verifier = oauth.randomPKCECodeVerifier();
const state = oauth.randomState();
const signIn = oauth.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  resource: metadata.resource,
  // What it needs, not everything that there is.
  scope: process.env.SCOPE ?? 'read:orders',
  state,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});

const server = createServer(async (request, response) => {
  const url = new URL(request.url, redirectUri);
  if (url.pathname !== '/callback') return response.writeHead(404).end();
  try {
    const tokens = await oauth.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
    });
    const answer = await fetch(new URL(API_PATH, API_URL), {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    console.log(answer.status, await answer.text());
    response.end('You can close this window.');
  } catch (error) {
    // The reason, such as that the person said no; never a token.
    console.error(error.error_description ?? error.message);
    response.writeHead(400).end('That did not work.');
    process.exitCode = 1;
  }
  server.close();
  server.closeIdleConnections();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`Open this in a browser:\n\n  ${signIn}\n`));
