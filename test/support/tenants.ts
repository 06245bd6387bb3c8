/** Tenants made through the API, as the operator makes them, and what the authority has of them. */
import { randomUUID } from 'node:crypto';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import type { ChangeOver } from '../../src/registry/change-over.ts';
import { readTenant, saveTenant } from '../../src/registry/tenants.ts';
import { accessToken } from '../../src/start/sign-in.ts';
import { until } from './api-keys.ts';
import { management } from './authority.ts';
import { basic, operator } from './callers.ts';
import { call, type Answer } from './client.ts';
import { world, type World } from './world.ts';

export const newTenantId = () => `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;

/** What is sent to make a tenant. */
export function tenantToMake(id = newTenantId()) {
  return {
    id,
    name: `Tenant ${id}`,
    web_app: {
      origins: [`https://${id}.example`],
      callback_urls: [`https://${id}.example/callback`],
    },
    admin: { email: `admin@${id}.example`, name: 'First Admin' },
  };
}

export async function createTenant(body: object, headers: Record<string, string> = {}): Promise<Answer> {
  return call('POST', '/v1/tenants', { as: await operator(), body, headers });
}

export interface MadeTenant {
  id: string;
  path: string;
  clientId: string;
  /** Value of `Authorization`: its first API key. */
  key: string;
  adminId: string;
  email: string;
  passwordUrl: string;
  redirectUri: string;
  /** Id of its organization; left out: it is none. */
  organization?: string;
}

export async function aTenant(more: object = {}): Promise<MadeTenant> {
  const body = { ...tenantToMake(), ...more };
  const answer = await createTenant(body);
  if (answer.status !== 201) throw new Error(`no tenant: ${answer.status} ${JSON.stringify(answer.body)}`);
  return toMadeTenant(answer.body, body.admin.email, (await world()).webApp);
}

/** In the database that tenants share, and without a web app of its own. */
export const aSharedTenant = (more: object = {}): Promise<MadeTenant> =>
  aTenant({ database: 'shared', web_app: undefined, ...more });

/** Shares both, and is an organization that is created for it. */
export const anOrganization = (more: object = {}): Promise<MadeTenant> =>
  aSharedTenant({ organization: 'new', ...more });

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer, held against the contract before */
function toMadeTenant({ tenant, api_key, admin }: any, email: string, shared: World['webApp']): MadeTenant {
  const isShared = tenant.web_app.kind === 'shared';
  return {
    id: tenant.id,
    path: `/v1/tenants/${tenant.id}`,
    clientId: isShared ? shared.client_id : tenant.web_app.client_id,
    key: basic(api_key.client_id, api_key.client_secret),
    adminId: admin.user_id,
    email,
    passwordUrl: admin.password_url,
    redirectUri: isShared ? shared.redirect_uri : tenant.web_app.callback_urls[0],
    ...(tenant.organization && { organization: tenant.organization }),
  };
}

/** Of every admin who has set one. */
export const PASSWORD = 'A-good-Passw0rd-of-mine';

/** The admin sets a password at the address that was handed on, and signs in to the tenant's single-page app. */
export async function adminOf(tenant: MadeTenant): Promise<string> {
  const response = await fetch(tenant.passwordUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ password: PASSWORD, 'confirm-password': PASSWORD }),
  });
  if (!response.ok) throw new Error(`no password: ${response.status} ${await response.text()}`);
  return signIn(tenant);
}

/** Through the single-page app of one tenant, as somebody who may be another one's. */
export async function signIn(through: MadeTenant, as: MadeTenant = through): Promise<string> {
  const { authority, audience } = await world();
  const token = await accessToken({
    authority,
    audience,
    clientId: through.clientId,
    redirectUri: through.redirectUri,
    scope: 'openid',
    organization: through.organization,
    email: as.email,
    password: PASSWORD,
  });
  return `Bearer ${token}`;
}

/** How many things there are at the authority that this tenant could have left there. */
export async function leftAtAuthority(id: string) {
  const sdk = await management();
  const clients: { client_metadata?: Record<string, unknown> }[] = [];
  for (let page = 0; ; page += 1) {
    const { data } = await sdk.clients.list({ page, per_page: 100, include_totals: true });
    clients.push(...data);
    if (data.length < 100) break;
  }
  const connections = await sdk.connections.list({ name: `${id}-users` });
  const users = await sdk.users.list({ q: `app_metadata.tenant_id:"${id}"`, include_totals: true });
  return {
    clients: clients.filter(({ client_metadata }) => client_metadata?.['tenant_id'] === id).length,
    connections: connections.data.length,
    users: users.data.length,
  };
}

/** The organization of this name at the authority, with its members; undefined: there is none. */
export async function organizationNamed(name: string) {
  const { organizations } = await management();
  const found = await organizations.getByName(name).catch(() => undefined);
  if (!found) return undefined;
  const id = found.id!;
  const { data } = await organizations.members.list(id, { take: 100 });
  const { data: connections } = await organizations.enabledConnections.list(id);
  return {
    ...found,
    id,
    members: data.map(({ user_id }) => user_id!),
    connections: connections.map(({ connection }) => connection?.name),
  };
}

/** Asked for twice, as it must be. @returns what would go, as the dry run told it */
export async function removeTenant(id: string, users: 'delete' | 'keep'): Promise<Record<string, number>> {
  const as = await operator();
  const path = `/v1/tenants/${id}?users=${users}`;
  const { body } = await call('DELETE', `${path}&dry_run=true`, { as });
  const { status } = await call('DELETE', `${path}&confirm=${body.confirmation}`, { as });
  if (status !== 204) throw new Error(`not deleted: ${status}`);
  return body.would_delete as Record<string, number>;
}

/** Changes times of a tenant's change-over, instead of waiting for them. */
export async function setChangeOver(
  id: string,
  changes: Pick<ChangeOver, 'ends_at' | 'opened_at'>,
): Promise<void> {
  const redis = connectForWaiting((await world()).redis);
  try {
    const tenant = (await readTenant(redis, id))!;
    if (tenant.change_over)
      await saveTenant(redis, { ...tenant, change_over: { ...tenant.change_over, ...changes } });
  } finally {
    redis.disconnect();
  }
}

/** So that the search shows everybody. */
export const openForLong = (id: string) => setChangeOver(id, { opened_at: '2020-01-01T00:00:00.000Z' });

/** Waits until the upkeep has written all that changed to the authority: until something changes again, it makes no calls for it. */
export async function whenAllIsWritten(): Promise<void> {
  const redis = connectForWaiting((await world()).redis);
  try {
    await until(async () => (await redis.exists(keys.unwrittenTenants, keys.unwrittenApps)) === 0);
  } finally {
    redis.disconnect();
  }
}
