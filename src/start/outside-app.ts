/** A third-party app: knows only the API's URL, and discovers everything else (RFC 9728, 8414, 7591). */
import * as oauth from 'openid-client';
import { parseJson } from '../json.ts';
import { walk } from './sign-in.ts';

export interface OutsideApp {
  clientId: string;
  accessToken: string;
}

const REDIRECT_URI = 'http://127.0.0.1:8976/callback';

/** @param scope that it requests; left out: all that the API offers to apps */
export async function connectOutsideApp(
  api: string,
  user: { email: string; password: string },
  scope?: string,
): Promise<OutsideApp> {
  const answer = await fetch(`${api}/.well-known/oauth-protected-resource`);
  const metadata = parseJson<{
    resource: string;
    authorization_servers: [string];
    scopes_supported: string[];
  }>(await answer.text());
  const config = await oauth.dynamicClientRegistration(
    new URL(metadata.authorization_servers[0]),
    { client_name: 'Example Reports', redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' },
    oauth.None(),
    // The stand-in uses plain http, on this machine only.
    { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] },
  );
  const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
  const expectedState = oauth.randomState();
  const url = oauth.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    audience: metadata.resource,
    scope: scope ?? metadata.scopes_supported.join(' '),
    state: expectedState,
    // By which the API finds the tenant's organization; a person would be asked.
    login_hint: user.email,
    code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const redirected = await walk(url, REDIRECT_URI, { username: user.email, password: user.password });
  const tokens = await oauth.authorizationCodeGrant(config, redirected, { pkceCodeVerifier, expectedState });
  return { clientId: config.clientMetadata().client_id, accessToken: tokens.access_token };
}
