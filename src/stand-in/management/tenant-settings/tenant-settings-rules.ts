import type { BodyRules, Rule } from '../body-rules.ts';

const TEXT: Rule = { type: 'string', nullable: true };
const FLAG: Rule = { type: 'boolean', nullable: true };
const OBJECT: Rule = { type: 'object', nullable: true };
const NAMES: Rule = { type: 'array', nullable: true, items: { type: 'string' } };
/** Hours may be fractions. */
const LIFETIME: Rule = {};
const MINUTES: Rule = { type: 'integer', minimum: 1 };

/** Members of Auth0's description of the API. */
export const TENANT_SETTINGS_CHANGES: BodyRules = {
  required: [],
  properties: {
    acr_values_supported: NAMES,
    allow_organization_name_in_authentication_api: FLAG,
    allowed_logout_urls: NAMES,
    authorization_response_iss_parameter_supported: FLAG,
    change_password: OBJECT,
    client_id_metadata_document_supported: { type: 'boolean' },
    country_codes: OBJECT,
    customize_mfa_in_postlogin_action: FLAG,
    default_audience: TEXT,
    default_directory: TEXT,
    default_redirection_uri: TEXT,
    default_token_quota: OBJECT,
    device_flow: OBJECT,
    dynamic_client_registration_security_mode: { type: 'string', enum: ['strict', 'permissive'] },
    enable_ai_guide: FLAG,
    enabled_locales: NAMES,
    ephemeral_session_lifetime: LIFETIME,
    ephemeral_session_lifetime_in_minutes: MINUTES,
    error_page: OBJECT,
    flags: { type: 'object', values: { type: 'boolean', nullable: true } },
    friendly_name: TEXT,
    guardian_mfa_page: OBJECT,
    idle_ephemeral_session_lifetime: LIFETIME,
    idle_ephemeral_session_lifetime_in_minutes: MINUTES,
    idle_session_lifetime: LIFETIME,
    idle_session_lifetime_in_minutes: MINUTES,
    include_session_metadata_in_tenant_logs: FLAG,
    legacy_sandbox_version: TEXT,
    mtls: OBJECT,
    oidc_logout: OBJECT,
    phone_consolidated_experience: FLAG,
    picture_url: TEXT,
    pushed_authorization_requests_supported: FLAG,
    resource_parameter_profile: { type: 'string', enum: ['audience', 'compatibility'] },
    sandbox_version: TEXT,
    security_headers: OBJECT,
    session_cookie: OBJECT,
    session_lifetime: LIFETIME,
    session_lifetime_in_minutes: MINUTES,
    sessions: OBJECT,
    skip_non_verifiable_callback_uri_confirmation_prompt: FLAG,
    support_email: TEXT,
    support_url: TEXT,
    // Recorded in requests of terraform-provider-auth0; the description has left it out since.
    universal_login: OBJECT,
  },
};
