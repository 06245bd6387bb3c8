import type { components } from '../../contract/generated.ts';
import type { CreateTenantOutcome } from '../../relay/jobs/createTenant.ts';
import { presentApiKey } from '../api-keys/present-api-key.ts';
import { presentOperatedTenant } from './present-operated-tenant.ts';

/** The only answer with the client secret and the password URL. */
export function presentCreatedTenant(made: CreateTenantOutcome): components['schemas']['CreatedTenant'] {
  const { tenant, webApp, key, client_secret, admin, defaults } = made;
  return {
    tenant: presentOperatedTenant(tenant, defaults, webApp),
    api_key: { ...presentApiKey({ ...key, uses: 0 }), client_secret },
    admin: { user_id: admin.userId, password_url: admin.passwordUrl, expires_at: admin.expiresAt },
  };
}
