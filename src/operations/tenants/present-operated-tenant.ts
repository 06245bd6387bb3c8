import { settingsInForce, type TenantDefaults } from '../../authorization/tenant-settings.ts';
import type { components } from '../../contract/generated.ts';
import type { SpaClient } from '../../registry/clients.ts';
import { databaseOf, type Tenant } from '../../registry/tenants.ts';
import { presentSettings } from '../tenant/present-tenant.ts';
import { presentChangeOver } from './present-change-over.ts';

/** A tenant in the operator's view. @param webApp undefined: none, or not read */
export function presentOperatedTenant(
  tenant: Tenant,
  defaults: TenantDefaults,
  webApp: SpaClient | undefined,
): components['schemas']['OperatedTenant'] {
  const { id, name, status, created_at, connection, email_domains = [] } = tenant;
  return {
    id,
    name,
    status,
    created_at,
    database: databaseOf(tenant),
    connection,
    organization: tenant.organization,
    change_over: tenant.change_over && presentChangeOver(id, tenant.change_over),
    email_domains: [...email_domains],
    ...presentSettings(settingsInForce(tenant, defaults)),
    web_app: tenant.shared_web_app ? { kind: 'shared' } : webApp && presentWebApp(webApp),
  };
}

export function presentWebApp(webApp: SpaClient): components['schemas']['WebApp'] {
  const { client_id, origins, callback_urls = [], logout_urls = [] } = webApp;
  return { kind: 'own', client_id, origins, callback_urls, logout_urls };
}
