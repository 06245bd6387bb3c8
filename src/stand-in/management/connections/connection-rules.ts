import type { BodyRules, Rule } from '../body-rules.ts';

const CHANGEABLE: Record<string, Rule> = {
  display_name: { type: 'string', maxLength: 128 },
  options: { type: 'object', nullable: true },
  enabled_clients: { type: 'array', items: { type: 'string' } },
  is_domain_connection: { type: 'boolean' },
  show_as_button: { type: 'boolean' },
  realms: { type: 'array', items: { type: 'string' } },
  metadata: { type: 'object', maxProperties: 10, values: { type: 'string', maxLength: 255, nullable: true } },
};

export const NEW_CONNECTION: BodyRules = {
  required: ['name', 'strategy'],
  properties: {
    ...CHANGEABLE,
    name: { type: 'string', maxLength: 128, pattern: /^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$/ },
    strategy: { type: 'string', minLength: 1 },
  },
};

export const CONNECTION_CHANGES: BodyRules = { required: [], properties: CHANGEABLE };
