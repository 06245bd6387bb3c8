import type { BodyRules, Rule } from '../body-rules.ts';

const NAMED: Rule = {
  type: 'object',
  members: { required: ['name'], open: true, properties: { name: { type: 'string', minLength: 1 } } },
};

const CHANGEABLE: Record<string, Rule> = {
  name: { type: 'string', minLength: 1, maxLength: 255 },
  supported_triggers: { type: 'array', minItems: 1, items: { type: 'object' } },
  code: { type: 'string' },
  dependencies: { type: 'array', items: NAMED },
  runtime: { type: 'string' },
  secrets: { type: 'array', items: NAMED },
  modules: { type: 'array', items: { type: 'object' } },
};

export const NEW_ACTION: BodyRules = {
  required: ['name', 'supported_triggers'],
  properties: { ...CHANGEABLE, deploy: { type: 'boolean' } },
};

export const ACTION_CHANGES: BodyRules = { required: [], properties: CHANGEABLE };

export const BINDINGS: BodyRules = {
  required: ['bindings'],
  properties: {
    bindings: {
      type: 'array',
      items: {
        type: 'object',
        members: {
          required: ['ref'],
          open: true,
          properties: {
            display_name: { type: 'string', minLength: 1 },
            ref: {
              type: 'object',
              members: {
                required: ['type', 'value'],
                properties: {
                  type: { type: 'string', enum: ['binding_id', 'action_id', 'action_name'] },
                  value: { type: 'string', minLength: 1 },
                },
              },
            },
          },
        },
      },
    },
  },
};
