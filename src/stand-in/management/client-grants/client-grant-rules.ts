import type { BodyRules, Rule } from '../body-rules.ts';

const CHANGEABLE: Record<string, Rule> = {
  scope: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 280 } },
  organization_usage: { type: 'string', enum: ['deny', 'allow', 'require'], nullable: true },
  allow_any_organization: { type: 'boolean', nullable: true },
  allow_all_scopes: { type: 'boolean' },
  authorization_details_types: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 255 } },
};

export const NEW_CLIENT_GRANT: BodyRules = {
  required: ['audience'],
  properties: {
    ...CHANGEABLE,
    client_id: { type: 'string' },
    default_for: { type: 'string', enum: ['third_party_clients'] },
    audience: { type: 'string', minLength: 1 },
    subject_type: { type: 'string', enum: ['client', 'user', 'anonymous_user'] },
  },
};

/** Specified. */
const NULLABLE = new Set(['scope', 'allow_all_scopes']);

export const CLIENT_GRANT_CHANGES: BodyRules = {
  required: [],
  properties: Object.fromEntries(
    Object.entries(CHANGEABLE).map(([name, rule]) => [
      name,
      NULLABLE.has(name) ? { ...rule, nullable: true } : rule,
    ]),
  ),
};
