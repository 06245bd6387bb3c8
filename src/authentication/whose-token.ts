/**
 * Whose a token is: the one place that decides it, for every kind of caller. Four things can say so, and must agree as far as each
 * exists: the registry's entry of the client that the token was issued to, the claim `tenant_id` that the account's Actions make of the
 * mark on the user (`app_metadata`), on the organization or on the client, Auth0's own claim `org_id` of the organization that the user
 * signed in to, and the tenant's own entry. What is missing where it must be is a refusal. `org_name` never counts: names change, and are
 * used again.
 * Pure: its caller has read everything before. (Workers hold the mark itself against the tenant, at each call: `ownUser`.)
 */
import { acceptsSharedWebApp } from '../registry/change-over.ts';
import type { RegisteredClient } from '../registry/clients.ts';
import { acceptedOrganizations, type SignInOrganization } from '../registry/sign-in-organizations.ts';
import type { Tenant } from '../registry/tenants.ts';

export interface TokenFacts {
  /** The registry's entry of the client; undefined: there is none. */
  client: RegisteredClient | undefined;
  /** The client is one of the deployment's own single-page app (WEB_APP_CLIENT_IDS). */
  isSharedWebApp: boolean;
  /** The client is the console's (CONSOLE_CLIENT_ID), through which users of all tenants sign in. */
  isConsole: boolean;
  /** The claim. */
  tenantId: string | undefined;
  /** Claim `org_id`; undefined: the token has none. */
  organizationId: SignInOrganization;
  /** The registry's entry of the tenant that the claim names; undefined: there is none. */
  tenant: Tenant | undefined;
  /** The client got the token for itself: nobody signed in. */
  isClientItself: boolean;
}

/** By what kind of client the token came. */
export type TokenClient = RegisteredClient | { kind: 'shared_web_app' | 'console' };

export type TokenOwner =
  | { tenant: Tenant; client: TokenClient }
  /** `isSuspended`: everything agrees, and nobody of the tenant may come in now. */
  | { refused: string; isSuspended?: true };

export function whoseToken(facts: TokenFacts): TokenOwner {
  const { tenantId, tenant, isClientItself } = facts;
  const client = clientOf(facts);
  if (typeof client === 'string') return { refused: client };
  if (tenantId === undefined) return { refused: 'it names no tenant' };
  // A third-party app is of no tenant: it acts for users of any.
  if ('tenant_id' in client && client.tenant_id !== tenantId)
    return { refused: 'its tenant is not that of its client' };
  if (tenant?.id !== tenantId) return { refused: 'its tenant is unknown' };
  const door = wrongWebApp(client, tenant);
  if (door !== undefined) return { refused: door };
  const otherwise = wrongOrganization(facts, tenant);
  if (otherwise !== undefined) return { refused: otherwise };
  if (isClientItself !== (client.kind === 'tenant'))
    return { refused: `a ${client.kind} client got it in another way` };
  if (tenant.status === 'suspended') return { refused: 'its tenant is suspended', isSuspended: true };
  // Not there yet, or not any more.
  if (tenant.status !== 'active') return { refused: `its tenant is ${tenant.status}` };
  return { tenant, client };
}

/** @returns why there is none that counts */
function clientOf({ client, isSharedWebApp, isConsole }: TokenFacts): TokenClient | string {
  if (!isSharedWebApp && !isConsole) return client ?? 'its client is not registered';
  // One entry says that the client is a single tenant's, the configuration that it is every tenant's.
  if (client) return 'its client is registered, and shared by configuration';
  return { kind: isConsole ? 'console' : 'shared_web_app' };
}

/**
 * Users come by the web app of their tenant: its own, or the shared one, never the other; by both while it changes over. The console is
 * for users of all tenants.
 */
function wrongWebApp({ kind }: TokenClient, tenant: Tenant): string | undefined {
  if (kind === 'shared_web_app' && !acceptsSharedWebApp(tenant)) return 'its tenant has a web app of its own';
  if (kind === 'user' && tenant.shared_web_app) return 'its tenant shares the web app of the deployment';
  return undefined;
}

/**
 * Users sign in to their tenant's organization if it is one: a token for another organization, or for none, says nothing about their
 * membership of this one. A client that got its token for itself needs none.
 */
function wrongOrganization(
  { organizationId, isClientItself }: TokenFacts,
  tenant: Tenant,
): string | undefined {
  const taken = acceptedOrganizations(tenant);
  if (taken.includes(organizationId) || (isClientItself && organizationId === undefined)) return undefined;
  if (organizationId === undefined) return 'its tenant is an organization, and it names none';
  return taken.every((one) => one === undefined)
    ? 'it names an organization, and its tenant is none'
    : 'its organization is not that of its tenant';
}
