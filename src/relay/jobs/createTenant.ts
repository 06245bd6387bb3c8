import type { TenantDefaults } from '../../authorization/tenant-settings.ts';
import type { ApiKeyClient, SpaClient } from '../../registry/clients.ts';
import type { Limits, Tenant } from '../../registry/tenants.ts';
import { TEN_MINUTES_MS, relayJob } from '../relay-job.ts';

export interface CreateTenantInput {
  id: string;
  name: string;
  /** The shared database: a connection that exists. Left out, the tenant gets one of its own. */
  connection?: string;
  /** That connection is the deployment's own (SHARED_DATABASE), so it need not be looked up. */
  isDeploymentDatabase?: true;
  /** Addresses of its own single-page app. Left out, its users sign in to the deployment's. */
  webApp?: WebAppAddresses;
  /** Client ids of the deployment's single-page app, at which a database of the tenant's own is enabled then. */
  sharedClients?: readonly string[];
  /** Client id of the console, at which a database of the tenant's own is enabled, too. */
  consoleClient?: string;
  /** `new`: create an organization for it; `org_…`: take over this one. Left out: it is none. */
  organization?: string;
  admin: { email: string; name?: string };
  /** `areDefault`: nobody asked for these scopes; those that the API at the authority lacks are left out. */
  apiKey: { name: string; scopes: string[]; areDefault?: true };
  /** Left out here and below: the deployment's defaults. */
  maxLimits?: Partial<Limits>;
  allowedRoles?: string[];
  defaultAppAccess?: 'allow' | 'deny';
  /** The deployment's defaults, which are shown in the outcome. */
  defaults: TenantDefaults;
}

export interface WebAppAddresses {
  origins: string[];
  callbackUrls: string[];
  logoutUrls: string[];
}

export interface CreateTenantOutcome {
  tenant: Tenant;
  /** Left out: the deployment's own. */
  webApp?: SpaClient;
  key: ApiKeyClient;
  client_secret: string;
  admin: { userId: string; passwordUrl: string; expiresAt: string };
  defaults: TenantDefaults;
}

/** In this order; undone in reverse. */
export const createTenantSteps = [
  'reserve_id',
  'connection',
  'organization',
  'web_app',
  'sign_in',
  'admin',
  'api_key',
  'password_ticket',
  'settings',
  'open',
] as const;

export const createTenant = relayJob<CreateTenantInput, CreateTenantOutcome>()({
  name: 'tenants.create',
  tenant: 'none',
  access: 'management',
  repeat: 'checkable',
  firstCall: 'readApiScopes',
  // Attempts before it is rolled back: see workers/relay/in-steps.ts; the rollback has the rest.
  attempts: 12,
  keepMs: TEN_MINUTES_MS,
  shownOnce: true,
  createdId: ({ tenant }) => tenant.id,
});
