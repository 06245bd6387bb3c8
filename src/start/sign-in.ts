/** Signs a user in at the authorization server like a browser: authorization code flow with PKCE, forms submitted over HTTP. */
import { createHash, randomBytes } from 'node:crypto';
import { parseJson } from '../json.ts';

export interface SignIn {
  authority: string;
  clientId: string;
  redirectUri: string;
  audience: string;
  scope: string;
  /** Id of the organization to sign in to; left out: none. */
  organization?: string | undefined;
  email: string;
  password: string;
}

const MAX_PAGES = 15;

/** @returns the authorization code, and the PKCE code verifier */
export async function signIn(wanted: SignIn): Promise<{ code: string; codeVerifier: string }> {
  const codeVerifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const start = new URL('authorize', wanted.authority);
  start.search = new URLSearchParams({
    response_type: 'code',
    client_id: wanted.clientId,
    redirect_uri: wanted.redirectUri,
    audience: wanted.audience,
    scope: wanted.scope,
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(wanted.organization !== undefined && { organization: wanted.organization }),
  }).toString();
  const end = await walk(start, wanted.redirectUri, { username: wanted.email, password: wanted.password });
  const code = end.searchParams.get('code');
  if (!code || end.searchParams.get('state') !== state) {
    throw new Error(
      `Sign-in failed: ${end.searchParams.get('error_description') ?? end.searchParams.get('error') ?? 'no code'}`,
    );
  }
  return { code, codeVerifier };
}

/** As `signIn`, and exchanges the code. */
export async function accessToken(wanted: SignIn): Promise<string> {
  const { code, codeVerifier } = await signIn(wanted);
  return exchange(wanted.authority, {
    grant_type: 'authorization_code',
    client_id: wanted.clientId,
    redirect_uri: wanted.redirectUri,
    code,
    code_verifier: codeVerifier,
  });
}

/** A token for a machine-to-machine client (client credentials grant). */
export function ownToken(
  { authority, audience }: { authority: string; audience: string },
  client: { client_id: string; client_secret: string },
): Promise<string> {
  return exchange(authority, { grant_type: 'client_credentials', audience, ...client });
}

async function exchange(authority: string, grant: Record<string, string>): Promise<string> {
  const address = new URL('oauth/token', authority);
  const response = await fetch(address, { method: 'POST', body: new URLSearchParams(grant) });
  const body = parseJson<{ access_token?: string; error_description?: string }>(await response.text());
  if (!body.access_token) throw new Error(`No token: ${body.error_description ?? response.status}`);
  return body.access_token;
}

/**
 * Follows redirects and submits forms until the authorization server redirects to `redirectUri`.
 * @param answers values for the fields of the sign-in page
 */
export async function walk(start: URL, redirectUri: string, answers: Record<string, string>): Promise<URL> {
  const cookies = new Map<string, string>();
  let request: { url: URL; form?: URLSearchParams } = { url: start };
  let signInsSent = 0;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const response = await visit(request.url, request.form, cookies);
    const location = response.headers.get('location');
    if (location) {
      const url = new URL(location, request.url);
      if (url.href.startsWith(redirectUri)) return url;
      request = { url };
      continue;
    }
    const page = await response.text();
    const form = fillIn(page, answers);
    const isSignIn = form?.has('password') ?? false;
    if (isSignIn) signInsSent += 1;
    if (!form || signInsSent > 1)
      throw new Error(`The authorization server shows an unexpected page: ${textOf(page)}`);
    request = { url: new URL(actionOf(page) ?? request.url, request.url), form };
  }
  throw new Error('The authorization server redirects endlessly.');
}

async function visit(
  url: URL,
  form: URLSearchParams | undefined,
  cookies: Map<string, string>,
): Promise<Response> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    method: form ? 'POST' : 'GET',
    body: form ?? null,
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
    if (!name) continue;
    if (value) cookies.set(name, value);
    else cookies.delete(name);
  }
  return response;
}

/** Fields of the page's form; on a consent page, the consent. */
function fillIn(page: string, answers: Record<string, string>): URLSearchParams | undefined {
  if (!/<form/i.test(page)) return undefined;
  const form = new URLSearchParams();
  for (const [tag] of page.matchAll(/<input[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    if (!name || attribute(tag, 'type') === 'submit') continue;
    form.set(name, answers[name] ?? attribute(tag, 'value') ?? '');
  }
  if (/value="?accept"?/i.test(page)) form.set('action', 'accept');
  return form;
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`${name}="([^"]*)"`, 'i').exec(tag)?.[1] ??
  new RegExp(`${name}=([^\\s">]+)`, 'i').exec(tag)?.[1];

const actionOf = (page: string): string | undefined =>
  /<form[^>]*action="([^"]*)"/i.exec(page)?.[1]?.replaceAll('&amp;', '&');

const textOf = (page: string): string =>
  page
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
