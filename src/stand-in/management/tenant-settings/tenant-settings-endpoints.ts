import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';
import { TENANT_SETTINGS_CHANGES } from './tenant-settings-rules.ts';
import { changeTenantSettings, SIGN_IN_PAGES, tenantSettings } from './tenant-settings.ts';

const PATH = '/tenants/settings';

/** Recorded. */
export const getTenantSettingsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:tenant_settings'],
  answer: ({ store, query }: Call) => {
    const { universal_login, ...settings } = tenantSettings(store);
    return {
      status: 200,
      body: chosenFields(query)({
        ...settings,
        ...(universal_login && { universal_login: withoutPages(universal_login) }),
        sandbox_versions_available: ['22', '18'],
      }),
    };
  },
};

/** Recorded: which sign-in pages the account has is shown after an update only. */
function withoutPages(universalLogin: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(universalLogin).filter(([name]) => !SIGN_IN_PAGES.includes(name)));
}

/** Recorded: these flags are included after an update, but not when reading. */
const FLAGS_OF_CHANGED = {
  cannot_change_enforce_client_authentication_on_passwordless_start: true,
  enforce_client_authentication_on_passwordless_start: true,
};

/** Recorded: included if they were updated, or when reading. */
const SHOWN_IF_NAMED = ['resource_parameter_profile', 'client_id_metadata_document_supported'];

/** Recorded: everything else is included except sandbox versions. */
export const updateTenantSettingsEndpoint: Endpoint = {
  method: 'PATCH',
  path: PATH,
  scopes: ['update:tenant_settings'],
  logAs: 'Update tenant settings',
  answer: ({ store, body }: Call) => {
    const changes = checkBody(body, TENANT_SETTINGS_CHANGES);
    const settings = changeTenantSettings(store, changes);
    const shown = Object.entries(settings).filter(
      ([name]) => !SHOWN_IF_NAMED.includes(name) || name in changes,
    );
    const flags = { ...FLAGS_OF_CHANGED, ...settings.flags };
    return { status: 200, body: { ...Object.fromEntries(shown), flags } };
  },
};
