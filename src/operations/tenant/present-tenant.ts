import {
  settingsInForce,
  type SettingsInForce,
  type TenantDefaults,
} from '../../authorization/tenant-settings.ts';
import type { components } from '../../contract/generated.ts';
import type { Tenant } from '../../registry/tenants.ts';

type Role = 'admin' | 'member';

/** For the tenant's own callers, who have access only while it is active. */
export function presentTenant(tenant: Tenant, defaults: TenantDefaults): components['schemas']['Tenant'] {
  const { id, name, status, created_at } = tenant;
  return {
    id,
    name,
    created_at,
    status: status === 'active' ? 'active' : 'suspended',
    ...presentSettings(settingsInForce(tenant, defaults)),
  };
}

export function presentSettings({ assignable_roles, allowed_roles, ...rest }: SettingsInForce) {
  return {
    ...rest,
    assignable_roles: assignable_roles as Role[],
    allowed_roles: allowed_roles as Role[],
  };
}
