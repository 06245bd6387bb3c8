import type { components } from '../../contract/generated.ts';
import type { CreateTenantOutcome } from '../../relay/jobs/createTenant.ts';
import { presentApiKey } from '../api-keys/present-api-key.ts';
import { presentOperatedTenant } from './present-operated-tenant.ts';

/** Its entry says everything, so nothing of the deployment's own is left to be said. */
const NO_DEFAULTS = {
  ...{ imports: 0, api_keys: 0 },
  ...{ requests_per_minute: 0, requests_per_minute_per_principal: 0 },
  default_app_access: 'deny' as const,
};

/** With secret and address, this once. */
export function presentCreatedTenant(made: CreateTenantOutcome): components['schemas']['CreatedTenant'] {
  const { tenant, webApp, key, client_secret, admin } = made;
  return {
    tenant: presentOperatedTenant(tenant, NO_DEFAULTS, webApp),
    api_key: { ...presentApiKey({ ...key, uses: 0 }), client_secret },
    admin: { user_id: admin.userId, password_url: admin.passwordUrl, expires_at: admin.expiresAt },
  };
}
