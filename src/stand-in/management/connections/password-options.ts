import type { Rule } from '../body-rules.ts';

const FLAG: Rule = { type: 'boolean' };

/** Specified: the flexible password policy of a database. */
export const PASSWORD_OPTIONS: Rule = {
  type: 'object',
  members: {
    required: [],
    properties: {
      complexity: part({
        min_length: { type: 'integer', minimum: 1, maximum: 72 },
        character_types: {
          type: 'array',
          items: { type: 'string', enum: ['uppercase', 'lowercase', 'number', 'special'] },
        },
        character_type_rule: { type: 'string', enum: ['all', 'three_of_four'] },
        identical_characters: { type: 'string', enum: ['allow', 'block'] },
        sequential_characters: { type: 'string', enum: ['allow', 'block'] },
        max_length_exceeded: { type: 'string', enum: ['truncate', 'error'] },
      }),
      profile_data: part({
        active: FLAG,
        blocked_fields: { type: 'array', maxItems: 12, items: { type: 'string' } },
      }),
      history: part({ active: FLAG, size: { type: 'integer', minimum: 1, maximum: 24 } }),
      dictionary: part({
        active: FLAG,
        custom: { type: 'array', maxItems: 200, items: { type: 'string', maxLength: 50 } },
        default: { type: 'string', enum: ['en_10k', 'en_100k'] },
      }),
    },
  },
};

function part(properties: Record<string, Rule>): Rule {
  return { type: 'object', members: { required: [], properties } };
}

/** Recorded. */
const DEFAULTS: Readonly<Record<string, object>> = {
  complexity: {
    min_length: 15,
    character_types: [],
    character_type_rule: 'all',
    identical_characters: 'allow',
    sequential_characters: 'allow',
    max_length_exceeded: 'error',
  },
  profile_data: {
    active: false,
    blocked_fields: [
      'name',
      'username',
      'nickname',
      'email',
      'phone_number',
      'user_metadata.name',
      'user_metadata.first',
      'user_metadata.last',
    ],
  },
  history: { active: false, size: 3 },
  dictionary: { active: false, custom: [], default: 'en_100k' },
};

/** Recorded: every part is shown with all of its members, whatever was given. */
export function completePasswordOptions(given: unknown): object {
  const parts = (given ?? {}) as Record<string, object | undefined>;
  return Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, defaults]) => [name, { ...defaults, ...parts[name] }]),
  );
}
