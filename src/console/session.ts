/** Sign-in at the authority (authorization code with PKCE), by Auth0's own SDK. Tokens are in memory only, refresh tokens in its worker. */
import type { Auth0Client, User } from '@auth0/auth0-spa-js';
import { settings } from './page-settings.ts';

/** Whether somebody was signed in to this tab, and where it was: no secret is stored. */
const KEPT = 'console';

let client: Auth0Client | undefined;

export class SignInFailed extends Error {}

/** @returns who is signed in; undefined: nobody. @throws SignInFailed what the authority answered */
export async function openSession(): Promise<User | undefined> {
  const { createAuth0Client } = await import('@auth0/auth0-spa-js');
  const query = new URLSearchParams(location.search);
  client = await createAuth0Client({
    domain: settings.issuer.replace(/\/$/, ''),
    clientId: settings.clientId,
    useRefreshTokens: true,
    cacheLocation: 'memory',
    workerUrl: settings.workerUrl,
    authorizationParams: {
      redirect_uri: `${location.origin}/console`,
      audience: settings.audience,
      scope: 'openid profile email offline_access',
    },
  });
  if (query.has('state') && (query.has('code') || query.has('error'))) {
    await finishSignIn(client);
    return client.getUser();
  }
  // After a reload the session at the authority still exists, so the user is asked nothing.
  if (sessionStorage.getItem(KEPT) !== null || directory() !== undefined) await signIn();
  return undefined;
}

async function finishSignIn(auth0: Auth0Client): Promise<void> {
  const target = sessionStorage.getItem(KEPT) ?? '';
  try {
    await auth0.handleRedirectCallback();
  } catch (error) {
    sessionStorage.removeItem(KEPT);
    history.replaceState(null, '', '/console');
    const { error_description: said } = error as { error_description?: string };
    throw new SignInFailed(said ?? (error instanceof Error ? error.message : ''), { cause: error });
  }
  history.replaceState(null, '', `/console${target}`);
}

/**
 * The organization or connection that a link to the console names (`/console?organization=org_…`): Auth0's sign-in page asks one database
 * only, unless the request names one.
 */
function directory(): Record<string, string> | undefined {
  const query = new URLSearchParams(location.search);
  for (const name of ['organization', 'connection']) {
    const value = query.get(name);
    if (value !== null) return { [name]: value };
  }
  return undefined;
}

/** Leaves the page, which comes back to where it was. */
export async function signIn(): Promise<never> {
  sessionStorage.setItem(KEPT, location.hash);
  await client!.loginWithRedirect({ authorizationParams: directory() ?? {} });
  return new Promise<never>(() => undefined);
}

/** Of this page and of the authority. */
export async function signOut(): Promise<void> {
  sessionStorage.removeItem(KEPT);
  await client?.logout({ logoutParams: { returnTo: location.origin } });
}

/** An access token for this API. Where the session has ended, the page is left to sign in again. */
export async function accessToken(): Promise<string> {
  try {
    return (await client!.getTokenSilently()) ?? (await signIn());
  } catch {
    return signIn();
  }
}
