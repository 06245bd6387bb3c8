import { checkBody, type BodyRules } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { changeTenantSettings, tenantSettings } from './tenant-settings.ts';

const PATH = '/tenants/settings';

/** Members that have an effect here, and those that change the shape of the response; others are accepted unchecked. */
const CHANGES: BodyRules = {
  required: [],
  open: true,
  properties: {
    resource_parameter_profile: { type: 'string', enum: ['audience', 'compatibility'] },
    authorization_response_iss_parameter_supported: { type: 'boolean', nullable: true },
    client_id_metadata_document_supported: { type: 'boolean' },
    flags: { type: 'object' },
  },
};

/** Recorded. */
export const getTenantSettingsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:tenant_settings'],
  answer: ({ store }: Call) => ({
    status: 200,
    body: { ...tenantSettings(store), sandbox_versions_available: ['22', '18'] },
  }),
};

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
    const changes = checkBody(body, CHANGES);
    const settings = changeTenantSettings(store, changes);
    const shown = Object.entries(settings).filter(
      ([name]) => !SHOWN_IF_NAMED.includes(name) || name in changes,
    );
    const flags = { ...FLAGS_OF_CHANGED, ...settings.flags };
    return { status: 200, body: { ...Object.fromEntries(shown), flags } };
  },
};
