/** Callers with real credentials: each gives the value of its `Authorization` field. */
import { connectOutsideApp } from '../../src/start/outside-app.ts';
import { accessToken } from '../../src/start/sign-in.ts';
import { basic } from './basic-credential.ts';
import { world } from './world.ts';

export { basic };

export type TenantId = 'acme' | 'globex';
export type Role = 'admin' | 'member';

/** Signing in takes a while: each token is got once a run. */
const known = new Map<string, Promise<string>>();

async function once(what: string, get: () => Promise<string>): Promise<string> {
  const name = `${what} at ${(await world()).api}`;
  let value = known.get(name);
  if (!value) known.set(name, (value = get()));
  return value;
}

export async function demoTenant(id: TenantId) {
  const { tenants } = await world();
  return tenants.find((tenant) => tenant.id === id)!;
}

export async function demoUser(id: TenantId, role: Role) {
  return (await demoTenant(id)).users.find(({ roles }) => roles.includes(role))!;
}

export function user(id: TenantId, role: Role = 'admin'): Promise<string> {
  return once(`user ${id} ${role}`, async () => {
    const { authority, audience } = await world();
    const { spa_client_id, spa_redirect_uri, organization } = await demoTenant(id);
    const { email, password } = await demoUser(id, role);
    const token = await accessToken({
      authority,
      audience,
      clientId: spa_client_id,
      redirectUri: spa_redirect_uri,
      scope: 'openid profile email',
      organization,
      email,
      password,
    });
    return `Bearer ${token}`;
  });
}

export async function apiKey(id: TenantId): Promise<string> {
  const { client_id, client_secret } = (await demoTenant(id)).api_key;
  return basic(client_id, client_secret);
}

/** The token of a key, got by the tenant itself. */
export function tenantToken(id: TenantId): Promise<string> {
  return once(`tenant ${id}`, async () => {
    const { audience } = await world();
    const { client_id, client_secret } = (await demoTenant(id)).api_key;
    return `Bearer ${await clientCredentials(client_id, client_secret, audience)}`;
  });
}

/** Whoever runs the deployment. */
export function operator(): Promise<string> {
  return once('operator', async () => {
    const { audience, operator: client } = await world();
    return `Bearer ${await clientCredentials(client.client_id, client.client_secret, audience)}`;
  });
}

/** An outside app that registered itself and that this user let in. */
export function app(id: TenantId, role: Role = 'admin', scope?: string): Promise<string> {
  return once(`app ${id} ${role} ${scope}`, async () => {
    const { api } = await world();
    return `Bearer ${(await connectOutsideApp(api, await demoUser(id, role), scope)).accessToken}`;
  });
}

export async function clientCredentials(
  clientId: string,
  clientSecret: string,
  audience: string,
  authority?: string,
): Promise<string> {
  const response = await fetch(new URL('oauth/token', authority ?? (await world()).authority), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      audience,
    }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (!body.access_token) throw new Error(`no token: ${JSON.stringify(body)}`);
  return body.access_token;
}
