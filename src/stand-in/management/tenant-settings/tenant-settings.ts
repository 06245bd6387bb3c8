/** Settings of a whole account. Few of them have an effect here; the others are stored and shown. */
import type { Store } from '../../store/store.ts';
import { patched } from '../patched.ts';

export interface TenantSettings {
  /** `compatibility`: `resource` is accepted instead of `audience` ("Resource Parameter Compatibility Profile"). */
  resource_parameter_profile: 'audience' | 'compatibility';
  /** Authorization responses have `iss` (RFC 9207; "Include Issuer in Authorization Responses"). */
  authorization_response_iss_parameter_supported?: boolean | null;
  flags: Record<string, unknown>;
  universal_login?: Record<string, unknown>;
  [member: string]: unknown;
}

const NAME = 'tenant settings';

/** Recorded for a new account, except for the profile, whose default is `audience`: accounts for third-party clients change it. */
const DEFAULTS: TenantSettings = {
  change_password: { enabled: false },
  enabled_locales: ['en'],
  flags: {
    allow_changing_enable_sso: false,
    disable_clickjack_protection_headers: false,
    disable_impersonation: true,
    enable_sso: true,
    revoke_refresh_token_grant: false,
    universal_login: true,
  },
  guardian_mfa_page: { enabled: false },
  idle_session_lifetime: 72,
  ephemeral_session_lifetime: 1,
  idle_ephemeral_session_lifetime: 1,
  sandbox_version: '22',
  session_lifetime: 168,
  oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
  resource_parameter_profile: 'compatibility',
  phone_consolidated_experience: true,
  client_id_metadata_document_supported: true,
};

export function tenantSettings(store: Store): TenantSettings {
  return (store.settings.get(NAME)?.value as TenantSettings | undefined) ?? DEFAULTS;
}

/** Members of `universal_login` that say which sign-in pages the account has. */
export const SIGN_IN_PAGES: readonly string[] = [
  'is_custom_theme_set',
  'is_custom_template_set',
  'identifier_first',
  'webauthn_platform_first_factor',
];

/** Flags that are left out are unchanged, and so is which sign-in pages there are. */
export function changeTenantSettings(store: Store, changes: Partial<TenantSettings>): TenantSettings {
  const before = tenantSettings(store);
  const flags = patched(before.flags, changes.flags ?? {});
  const value = patched(before, { ...inHours(changes), flags, ...universalLogin(before, changes) });
  store.settings.put({ name: NAME, value });
  return value;
}

function universalLogin(
  { universal_login: before = {} }: TenantSettings,
  { universal_login: after }: Partial<TenantSettings>,
): Partial<TenantSettings> {
  if (!after) return {};
  const pages = SIGN_IN_PAGES.filter((name) => name in before).map((name) => [name, before[name]]);
  return { universal_login: { ...Object.fromEntries(pages), ...after } as Record<string, unknown> };
}

/** Recorded: lifetimes given in minutes are stored and shown in hours, under the names for hours. */
function inHours(changes: Partial<TenantSettings>): Partial<TenantSettings> {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) =>
      typeof value === 'number' && name.endsWith(IN_MINUTES)
        ? [name.slice(0, -IN_MINUTES.length), value / 60]
        : [name, value],
    ),
  );
}

const IN_MINUTES = '_in_minutes';
