/** Apps that register themselves, and users who let them in, over HTTP. */
import { createHash, randomBytes } from 'node:crypto';
import { walk } from '../../src/start/sign-in.ts';
import { call, type Answer } from './client.ts';
import { demoTenant, demoUser, type Role, type TenantId } from './callers.ts';
import { world } from './world.ts';

export interface RegisteredApp {
  clientId: string;
  /** Path of its registration (RFC 7592). */
  path: string;
  /** Value of `Authorization` for that. */
  manages: string;
  body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
}

export const APP_REDIRECT = 'http://127.0.0.1:8977/callback';

export const appMetadata = (more: object = {}): Record<string, unknown> => ({
  client_name: 'Test Reports',
  redirect_uris: [APP_REDIRECT],
  token_endpoint_auth_method: 'none',
  ...more,
});

export async function registerApp(more: object = {}, as?: string): Promise<RegisteredApp> {
  const answer = await call('POST', '/oauth/register', { body: appMetadata(more), as });
  if (answer.status !== 201) throw new Error(`no app: ${answer.status} ${JSON.stringify(answer.body)}`);
  return toApp(answer);
}

export function toApp({ body }: Answer): RegisteredApp {
  return {
    clientId: body.client_id,
    path: `/oauth/register/${body.client_id}`,
    manages: `Bearer ${body.registration_access_token}`,
    body,
  };
}

export interface AppTokens {
  /** Value of `Authorization`. */
  as: string;
  refreshToken: string | undefined;
}

interface LetIn {
  role?: Role;
  scope?: string;
  /** Somebody else than the demo user of that role. */
  person?: { email: string; password: string };
}

/** The user signs in, to the organization if the tenant is one, is asked for consent if need be, and gives it. */
export async function letIn(
  { clientId }: Pick<RegisteredApp, 'clientId'>,
  tenant: TenantId,
  { role = 'admin', scope = 'read:users read:tenant', person }: LetIn = {},
): Promise<AppTokens> {
  const { authority, audience } = await world();
  const { email, password } = person ?? (await demoUser(tenant, role));
  const { organization } = await demoTenant(tenant);
  const codeVerifier = randomBytes(32).toString('base64url');
  const start = new URL('authorize', authority);
  start.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: APP_REDIRECT,
    audience,
    scope,
    state: 'x',
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(organization !== undefined && { organization }),
  }).toString();
  const end = await walk(start, APP_REDIRECT, { username: email, password });
  return tokens({
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: APP_REDIRECT,
    code_verifier: codeVerifier,
    code: end.searchParams.get('code')!,
  });
}

/** @throws when the authority gives none */
export async function tokens(form: Record<string, string>): Promise<AppTokens> {
  const { authority } = await world();
  const response = await fetch(new URL('oauth/token', authority), {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const body = (await response.json()) as { access_token?: string; refresh_token?: string };
  if (!body.access_token) throw new Error(`no token: ${JSON.stringify(body)}`);
  return { as: `Bearer ${body.access_token}`, refreshToken: body.refresh_token };
}
