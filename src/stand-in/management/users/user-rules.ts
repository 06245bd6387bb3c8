import type { BodyRules, Rule } from '../body-rules.ts';

/** Members of POST and PATCH (specified; lengths as there). */
const PROFILE: Record<string, Rule> = {
  email: { type: 'string', format: 'email' },
  email_verified: { type: 'boolean' },
  username: { type: 'string', minLength: 1, maxLength: 128 },
  phone_number: { type: 'string', pattern: /^\+[0-9]{1,15}$/ },
  phone_verified: { type: 'boolean' },
  name: { type: 'string', minLength: 1, maxLength: 300 },
  given_name: { type: 'string', minLength: 1, maxLength: 150 },
  family_name: { type: 'string', minLength: 1, maxLength: 150 },
  nickname: { type: 'string', minLength: 1, maxLength: 300 },
  picture: { type: 'string', format: 'strict-uri' },
  blocked: { type: 'boolean' },
  password: { type: 'string', minLength: 1 },
  connection: { type: 'string', minLength: 1 },
  user_metadata: { type: 'object' },
  app_metadata: { type: 'object' },
  verify_email: { type: 'boolean' },
};

export const NEW_USER: BodyRules = {
  required: ['connection'],
  properties: { ...PROFILE, user_id: { type: 'string', maxLength: 255, pattern: /^\S*$/ } },
};

const NULLABLE = new Set([
  'email',
  'username',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'picture',
  'password',
]);

export const USER_CHANGES: BodyRules = {
  required: [],
  properties: {
    ...Object.fromEntries(
      Object.entries(PROFILE).map(([name, rule]) => [
        name,
        NULLABLE.has(name) ? { ...rule, nullable: true } : rule,
      ]),
    ),
    client_id: { type: 'string', minLength: 1 },
    verify_phone_number: { type: 'boolean' },
    verify_password: { type: 'boolean' },
  },
};

/** Auth0 docs, "Metadata fields and data": these names belong to the profile and cannot be keys of app_metadata. */
export const FORBIDDEN_APP_METADATA = new Set([
  '__tenant',
  '_id',
  'blocked',
  'clientID',
  'created_at',
  'email_verified',
  'email',
  'globalClientID',
  'global_client_id',
  'identities',
  'lastIP',
  'lastLogin',
  'loginsCount',
  'metadata',
  'multifactor_last_modified',
  'multifactor',
  'updated_at',
  'user_id',
]);
