/** A third-party app: registered, led to the authority's consent, removed. */
import { createHash, randomBytes } from 'node:crypto';
import { callApi, textIn } from '../call-api.ts';
import type { Doctor } from '../doctor.ts';
import { finding } from '../finding.ts';
import { isAlive } from '../is-alive.ts';
import { abandonedApps, forgetApp, rememberApp } from '../remembered-apps.ts';
import type { Remove } from './throw-away.ts';

export interface App {
  clientId: string;
  redirectUri: string;
}

const TOKEN_SECONDS = 600;
const NAME = 'Trivium doctor';

/** @param redirectUri where nothing needs to listen unless somebody signs in */
export async function registerApp(
  doctor: Doctor,
  redirectUri: string,
  willRemove: (remove: Remove) => void,
): Promise<App | undefined> {
  const { url, operator: authorization, found } = doctor;
  // It allows registration whatever the policy is.
  const body = { name: NAME, max_uses: 1, expires_in_seconds: TOKEN_SECONDS };
  const initial = await callApi(url, 'POST', '/v1/initial-access-tokens', { authorization, body });
  const tokenPath = `/v1/initial-access-tokens/${encodeURIComponent(textIn(initial.body, 'id'))}`;
  if (initial.status === 201)
    willRemove(async () => {
      const { status } = await callApi(url, 'DELETE', tokenPath, { authorization });
      return status === 204 || status === 404;
    });
  const registered = await callApi(url, 'POST', '/oauth/register', {
    ...(initial.status === 201 && { authorization: `Bearer ${textIn(initial.body, 'token')}` }),
    body: { client_name: NAME, redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' },
  });
  const clientId = textIn(registered.body, 'client_id');
  const token = textIn(registered.body, 'registration_access_token');
  if (registered.status !== 201) {
    found(finding('registration_failed', `POST /oauth/register: ${registered.said}`));
    return undefined;
  }
  const path = `/oauth/register/${encodeURIComponent(clientId)}`;
  rememberApp({ url, path, token });
  willRemove(async () => {
    const isGone = await deleteApp(url, path, token);
    if (isGone) forgetApp();
    return isGone;
  });
  doctor.say('Registered a throw-away app.');
  doctor.proved('a third-party app registers');
  return { clientId, redirectUri };
}

/** Of runs that were killed on this machine. */
export async function removeLeftApps({ url, say }: Doctor): Promise<void> {
  for (const { path, token, pid } of abandonedApps(url, isAlive)) {
    say('Removing an app that an earlier run left.');
    if (await deleteApp(url, path, token)) forgetApp(pid);
  }
}

async function deleteApp(url: string, path: string, token: string): Promise<boolean> {
  const { status } = await callApi(url, 'DELETE', path, { authorization: `Bearer ${token}` });
  // 401: it is gone, and its token with it.
  return [204, 401, 404].includes(status);
}

/** Whether a browser is led to the authority's own pages, where the user signs in and consents. */
export async function checkAuthorization(
  { url, authority, signal, found, proved }: Doctor,
  app: App,
): Promise<void> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    state: 'doctor',
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const headers = { accept: 'text/html' };
  const answer = await callApi(url, 'GET', `/oauth/authorize?${query.toString()}`, { headers, signal });
  const location = answer.headers.get('location') ?? '';
  const leads = answer.status === 302 && location.startsWith(`${authority}authorize?`);
  // Where tenants have databases of their own, a page asks which tenant it is.
  if (leads || answer.status === 200) proved('/oauth/authorize leads to sign-in and consent');
  else
    found(
      finding('authorization_failed', `GET /oauth/authorize: ${answer.said} ${location.split('?')[0] ?? ''}`),
    );
}
