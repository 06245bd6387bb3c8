import type { BodyRules, Rule } from '../body-rules.ts';

const CHANGEABLE: Record<string, Rule> = {
  name: { type: 'string', maxLength: 200, pattern: /^[^<>]+$/ },
  scopes: { type: 'array', items: { type: 'object' } },
  signing_alg: { type: 'string', enum: ['HS256', 'RS256', 'RS512', 'PS256'] },
  signing_secret: { type: 'string', minLength: 16 },
  allow_offline_access: { type: 'boolean' },
  allow_online_access: { type: 'boolean' },
  allow_online_access_with_ephemeral_sessions: { type: 'boolean' },
  token_lifetime: { type: 'integer', minimum: 0, maximum: 2_592_000 },
  token_lifetime_for_web: { type: 'integer', minimum: 0, maximum: 2_592_000 },
  token_lifetime_for_anonymous_access_tokens: { type: 'integer', nullable: true, minimum: 0 },
  token_dialect: {
    type: 'string',
    enum: ['access_token', 'access_token_authz', 'rfc9068_profile', 'rfc9068_profile_authz'],
  },
  skip_consent_for_verifiable_first_party_clients: { type: 'boolean' },
  enforce_policies: { type: 'boolean' },
  token_encryption: { type: 'object', nullable: true },
  consent_policy: { type: 'string', nullable: true },
  authorization_policy: { type: 'object', nullable: true },
  authorization_details: { type: 'array', nullable: true },
  proof_of_possession: { type: 'object', nullable: true },
  subject_type_authorization: { type: 'object' },
};

export const NEW_RESOURCE_SERVER: BodyRules = {
  required: ['identifier'],
  properties: { ...CHANGEABLE, identifier: { type: 'string', minLength: 1, maxLength: 600 } },
};

export const RESOURCE_SERVER_CHANGES: BodyRules = { required: [], properties: CHANGEABLE };
