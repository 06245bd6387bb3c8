import type { BodyRules, Rule } from '../body-rules.ts';

const URL_LIST: Rule = { type: 'array', items: { type: 'string', format: 'url-with-placeholders' } };
const TEXT: Rule = { type: 'string' };
const FLAG: Rule = { type: 'boolean' };
const OBJECT: Rule = { type: 'object' };
const WITH_CREDENTIALS: Rule = {
  type: 'object',
  members: {
    required: [],
    properties: { credentials: { type: 'array', items: { type: 'object' } } },
    open: true,
  },
};

/** Specified as formats; their shape is recorded. */
const PROFILES: Record<string, Rule> = {
  connection_profile_id: { type: 'string', pattern: /^cop_[0-9A-Za-z]{22}$/ },
  user_attribute_profile_id: { type: 'string', pattern: /^uap_[0-9A-Za-z]{22}$/ },
};

/** Specified. */
const MY_ORGANIZATION: Rule = {
  type: 'object',
  members: {
    required: ['allowed_strategies', 'connection_deletion_behavior'],
    properties: {
      ...PROFILES,
      allowed_strategies: {
        type: 'array',
        items: {
          type: 'string',
          enum: ['pingfederate', 'adfs', 'waad', 'google-apps', 'okta', 'oidc', 'samlp'],
        },
      },
      connection_deletion_behavior: { type: 'string', enum: ['allow', 'allow_if_empty'] },
    },
  },
};

/** Members of a client that can be set (specified). */
const PROPERTIES: Record<string, Rule> = {
  name: { type: 'string', minLength: 1, pattern: /^[^<>]+$/ },
  description: { type: 'string', maxLength: 140 },
  client_secret: { type: 'string', minLength: 1 },
  app_type: {
    type: 'string',
    enum: [
      'native',
      'spa',
      'regular_web',
      'non_interactive',
      'resource_server',
      'express_configuration',
      'rms',
      'box',
      'cloudbees',
      'concur',
      'dropbox',
      'mscrm',
      'echosign',
      'egnyte',
      'newrelic',
      'office365',
      'salesforce',
      'sentry',
      'sharepoint',
      'slack',
      'springcm',
      'zendesk',
      'zoom',
      'sso_integration',
      'oag',
    ],
  },
  logo_uri: TEXT,
  is_first_party: FLAG,
  oidc_conformant: FLAG,
  callbacks: { type: 'array', items: { type: 'string', format: 'callback-url' } },
  allowed_origins: URL_LIST,
  web_origins: URL_LIST,
  allowed_logout_urls: URL_LIST,
  client_aliases: { type: 'array', items: { type: 'string', minLength: 1 } },
  allowed_clients: { type: 'array', items: { type: 'string', minLength: 1 } },
  grant_types: { type: 'array', items: { type: 'string', minLength: 1 } },
  token_endpoint_auth_method: { type: 'string', enum: ['none', 'client_secret_post', 'client_secret_basic'] },
  // Ten keys, 255 characters each way (Auth0 docs, "Configure application metadata").
  client_metadata: {
    type: 'object',
    maxProperties: 10,
    values: { type: 'string', maxLength: 255, nullable: true },
  },
  jwt_configuration: OBJECT,
  refresh_token: { ...OBJECT, nullable: true },
  mobile: OBJECT,
  addons: OBJECT,
  encryption_key: { ...OBJECT, nullable: true },
  initiate_login_uri: TEXT,
  sso: FLAG,
  sso_disabled: FLAG,
  cross_origin_auth: FLAG,
  cross_origin_authentication: FLAG,
  cross_origin_loc: TEXT,
  custom_login_page: TEXT,
  custom_login_page_on: FLAG,
  custom_login_page_preview: TEXT,
  form_template: TEXT,
  is_token_endpoint_ip_header_trusted: FLAG,
  native_social_login: OBJECT,
  fedcm_login: OBJECT,
  oidc_backchannel_logout: OBJECT,
  oidc_logout: OBJECT,
  organization_usage: { type: 'string', enum: ['deny', 'allow', 'require'] },
  organization_require_behavior: {
    type: 'string',
    enum: ['no_prompt', 'pre_login_prompt', 'post_login_prompt'],
  },
  organization_discovery_methods: { type: 'array', items: { type: 'string' } },
  default_organization: {
    type: 'object',
    nullable: true,
    members: {
      required: ['organization_id', 'flows'],
      properties: {
        organization_id: { type: 'string', minLength: 1 },
        flows: { type: 'array', items: { type: 'string', enum: ['client_credentials'] } },
      },
    },
  },
  require_pushed_authorization_requests: FLAG,
  require_proof_of_possession: FLAG,
  compliance_level: { type: 'string', nullable: true },
  client_authentication_methods: { type: 'object', nullable: true, values: WITH_CREDENTIALS },
  signed_request_object: WITH_CREDENTIALS,
  session_transfer: { ...OBJECT, nullable: true },
  token_exchange: OBJECT,
  token_vault_privileged_access: WITH_CREDENTIALS,
  identity_assertion_authorization_grant: OBJECT,
  anonymous_sessions: OBJECT,
  token_quota: { ...OBJECT, nullable: true },
  par_request_expiry: { type: 'integer', nullable: true },
  third_party_security_mode: { type: 'string', enum: ['strict', 'permissive'] },
  redirection_policy: { type: 'string', enum: ['allow_always', 'open_redirect_protection'] },
  resource_server_identifier: { type: 'string', minLength: 1, maxLength: 600 },
  skip_non_verifiable_callback_uri_confirmation_prompt: { type: 'boolean', nullable: true },
  express_configuration: { type: 'object', members: { required: [], properties: PROFILES, open: true } },
  b2b_integration_configuration: OBJECT,
  my_organization_configuration: MY_ORGANIZATION,
  async_approval_notification_channels: { type: 'array', items: { type: 'string' } },
};

const { client_secret: _chosenByAuth0, ...AT_CREATION } = PROPERTIES;

export const NEW_CLIENT: BodyRules = { required: ['name'], properties: AT_CREATION };

const REQUIRED = new Set([
  'name',
  'is_first_party',
  'third_party_security_mode',
  'grant_types',
  'client_secret',
]);

export const CLIENT_CHANGES: BodyRules = {
  required: [],
  // Recorded: null removes a member.
  properties: Object.fromEntries(
    Object.entries(PROPERTIES).map(([name, rule]) => [
      name,
      REQUIRED.has(name) ? rule : { ...rule, nullable: true },
    ]),
  ),
};
