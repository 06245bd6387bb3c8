import type { BodyRules, Rule } from '../body-rules.ts';
import { PASSWORD_OPTIONS } from './password-options.ts';

const PURPOSE: Rule = {
  type: 'object',
  members: { required: ['active'], properties: { active: { type: 'boolean' } }, open: true },
};

const CHANGEABLE: Record<string, Rule> = {
  display_name: { type: 'string', maxLength: 128 },
  options: {
    type: 'object',
    nullable: true,
    members: {
      required: [],
      properties: {
        attributes: { type: 'object', nullable: true, values: { type: 'object' } },
        authentication_methods: { type: 'object', nullable: true, values: { type: 'object' } },
        password_options: PASSWORD_OPTIONS,
        password_complexity_options: {
          type: 'object',
          nullable: true,
          members: {
            required: [],
            properties: { min_length: { type: 'integer', minimum: 1, maximum: 128 } },
          },
        },
        passwordPolicy: {
          type: 'string',
          nullable: true,
          enum: ['none', 'low', 'fair', 'good', 'excellent'],
        },
      },
      open: true,
    },
  },
  enabled_clients: { type: 'array', items: { type: 'string' } },
  is_domain_connection: { type: 'boolean' },
  show_as_button: { type: 'boolean' },
  realms: { type: 'array', items: { type: 'string' } },
  authentication: PURPOSE,
  connected_accounts: PURPOSE,
  cross_app_access_requesting_app: PURPOSE,
  cross_app_access_resource_app: { type: 'object', nullable: true },
  metadata: { type: 'object', maxProperties: 10, values: { type: 'string', maxLength: 255, nullable: true } },
};

/** Specified. */
const STRATEGY_NAMES = [
  ...['ad', 'adfs', 'amazon', 'apple', 'asana', 'atlassian', 'auth0', 'auth0-adldap', 'auth0-oidc', 'baidu'],
  ...['bitbucket', 'bitly', 'box', 'cloudflare-mcp', 'custom', 'daccount', 'dropbox', 'dwolla', 'email'],
  ...['evernote', 'evernote-sandbox', 'exact', 'facebook', 'fitbit', 'github', 'gitlab', 'google-apps'],
  ...['google-oauth2', 'hubspot-mcp', 'instagram', 'ip', 'line', 'linear-mcp', 'linkedin', 'notion-mcp'],
  ...['oauth1', 'oauth2', 'office365', 'oidc', 'okta', 'paypal', 'paypal-sandbox', 'pingfederate'],
  ...['planningcenter', 'salesforce', 'salesforce-community', 'salesforce-sandbox', 'samlp', 'sentry-mcp'],
  ...['sharepoint', 'shop', 'shopify', 'slack', 'sms', 'soundcloud', 'thirtysevensignals', 'twitter'],
  ...['untappd', 'vkontakte', 'waad', 'weibo', 'windowslive', 'wordpress', 'yahoo', 'yandex'],
];

export const NEW_CONNECTION: BodyRules = {
  required: ['name', 'strategy'],
  properties: {
    ...CHANGEABLE,
    name: { type: 'string', maxLength: 128, pattern: /^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$/ },
    strategy: { type: 'string', enum: STRATEGY_NAMES },
  },
};

export const CONNECTION_CHANGES: BodyRules = { required: [], properties: CHANGEABLE };
