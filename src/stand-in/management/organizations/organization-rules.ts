import type { BodyRules, Rule } from '../body-rules.ts';

const FLAG: Rule = { type: 'boolean' };
/** Auth0 docs, "Create organizations". */
const NAME: Rule = { type: 'string', minLength: 1, maxLength: 50, pattern: /^[a-z0-9_-]+$/ };
/** Auth0 docs, "Entity limit policy". */
const CONNECTIONS_MAX = 10;

const CONNECTION_CHANGES: Record<string, Rule> = {
  assign_membership_on_login: FLAG,
  is_signup_enabled: FLAG,
  show_as_button: FLAG,
};

export const NEW_ORGANIZATION_CONNECTION: BodyRules = {
  required: ['connection_id'],
  properties: { connection_id: { type: 'string', minLength: 1, maxLength: 50 }, ...CONNECTION_CHANGES },
};

export const ORGANIZATION_CONNECTION_CHANGES: BodyRules = { required: [], properties: CONNECTION_CHANGES };

/** Members of an organization that can be set: types of node-auth0 7, `CreateOrganizationRequestContent`. */
const PROPERTIES: Record<string, Rule> = {
  name: NAME,
  display_name: { type: 'string', minLength: 1, maxLength: 255 },
  branding: { type: 'object' },
  metadata: { type: 'object', maxProperties: 25, values: { type: 'string', maxLength: 255 } },
  token_quota: { type: 'object' },
  // The documentation says "deny"; recorded, and in the types: block.
  third_party_client_access: { type: 'string', enum: ['allow', 'block'] },
  is_app_entitlement_active: FLAG,
};

export const NEW_ORGANIZATION: BodyRules = {
  required: ['name'],
  properties: {
    ...PROPERTIES,
    enabled_connections: {
      type: 'array',
      maxItems: CONNECTIONS_MAX,
      items: { type: 'object', members: NEW_ORGANIZATION_CONNECTION },
    },
  },
};

const NULLABLE = new Set(['branding', 'metadata', 'token_quota']);

export const ORGANIZATION_CHANGES: BodyRules = {
  required: [],
  properties: Object.fromEntries(
    Object.entries(PROPERTIES).map(([name, rule]) => [
      name,
      NULLABLE.has(name) ? { ...rule, nullable: true } : rule,
    ]),
  ),
};

/** Auth0 docs, "Assign members to an organization": ten at a time. */
export const MEMBERS: BodyRules = {
  required: ['members'],
  properties: {
    members: { type: 'array', minItems: 1, maxItems: 10, items: { type: 'string', minLength: 1 } },
  },
};

/** Fifty at a time: types of node-auth0 7. */
export const MEMBER_ROLES: BodyRules = {
  required: ['roles'],
  properties: {
    roles: { type: 'array', minItems: 1, maxItems: 50, items: { type: 'string', minLength: 1 } },
  },
};

const SECONDS_PER_DAY = 86_400;

/** Auth0 docs, "Send membership invitations". */
export const NEW_INVITATION: BodyRules = {
  required: ['inviter', 'invitee', 'client_id'],
  properties: {
    inviter: {
      type: 'object',
      members: { required: ['name'], properties: { name: { type: 'string', minLength: 1, maxLength: 300 } } },
    },
    invitee: {
      type: 'object',
      members: { required: ['email'], properties: { email: { type: 'string', format: 'email' } } },
    },
    client_id: { type: 'string', minLength: 1 },
    connection_id: { type: 'string', minLength: 1 },
    app_metadata: { type: 'object' },
    user_metadata: { type: 'object' },
    ttl_sec: { type: 'integer', minimum: 0, maximum: 30 * SECONDS_PER_DAY },
    roles: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
    send_invitation_email: FLAG,
  },
};

export const INVITATION_SECONDS = 7 * SECONDS_PER_DAY;

const DOMAIN_CHANGES: Record<string, Rule> = {
  status: { type: 'string', enum: ['pending', 'verified'] },
  use_for_organization_discovery: FLAG,
};

/** Auth0 docs, "Create organization domains". */
export const NEW_DISCOVERY_DOMAIN: BodyRules = {
  required: ['domain'],
  properties: {
    domain: {
      type: 'string',
      minLength: 3,
      maxLength: 255,
      pattern: /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i,
    },
    ...DOMAIN_CHANGES,
  },
};

export const DISCOVERY_DOMAIN_CHANGES: BodyRules = { required: [], properties: DOMAIN_CHANGES };

const CLIENT_ID: Rule = { type: 'string', minLength: 1 };

/** Auth0 docs, "Grant per-application access to an organization": ten at a time. */
function organizationClients(properties: Record<string, Rule>): BodyRules {
  return {
    required: ['clients'],
    properties: {
      clients: {
        type: 'array',
        minItems: 1,
        maxItems: 10,
        items: {
          type: 'object',
          members: { required: ['client_id'], properties: { client_id: CLIENT_ID, ...properties } },
        },
      },
    },
  };
}

export const CLIENTS_TO_ADD = organizationClients({ use_for_member_access: FLAG });
export const CLIENTS_TO_REMOVE = organizationClients({});
