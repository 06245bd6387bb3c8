import type { BodyRules, Rule, Violation } from './rule.ts';

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]+$/;

/** Those of an object itself come before those of its members. */
export function violations(value: unknown, rule: Rule, at: string): Violation[] {
  if (value === null && rule.nullable) return [];
  const type = typeOf(value);
  if (rule.type !== undefined && type !== rule.type)
    return [{ detail: `Expected type ${rule.type} but found type ${type}`, at, rule: 'INVALID_TYPE' }];
  if (typeof value === 'string') return ofText(value, rule, at);
  if (typeof value === 'number') return ofNumber(value, rule, at);
  if (Array.isArray(value)) return ofList(value, rule, at);
  if (type !== 'object') return [];
  const members = Object.entries(value as object);
  return rule.members ? ofMembers(members, rule.members, at) : ofMap(members, rule, at);
}

function ofMembers(
  members: [string, unknown][],
  { required, properties, open }: BodyRules,
  at: string,
): Violation[] {
  const names = new Map(members);
  const missing = required
    .filter((name) => names.get(name) === undefined)
    .map((name) => ({ detail: `Missing required property: ${name}`, at, rule: 'OBJECT_REQUIRED' }));
  const unknown = members
    .filter(([name]) => !open && !Object.hasOwn(properties, name))
    .map(([name]) => ({ detail: `Additional properties not allowed: ${name}`, at, rule: 'NOT_PASSED' }));
  const below = members.flatMap(([name, value]) => {
    const rule = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return rule ? violations(value, rule, at === '' ? name : `${at}.${name}`) : [];
  });
  return [...missing, ...unknown, ...below];
}

function ofMap(members: [string, unknown][], { maxProperties, values }: Rule, at: string): Violation[] {
  const tooMany =
    maxProperties !== undefined && members.length > maxProperties
      ? [
          {
            detail: `Too many properties defined (${members.length}), maximum ${maxProperties}`,
            at,
            rule: 'NOT_PASSED',
          },
        ]
      : [];
  if (!values) return tooMany;
  const { maxLength = Infinity } = values;
  const below = members.flatMap(([name, value]) =>
    name.length > maxLength
      ? [
          {
            detail: `String is too long (${name.length} chars), maximum ${maxLength}`,
            at,
            rule: 'NOT_PASSED',
          },
        ]
      : violations(value, values, `${at}.${name}`),
  );
  return [...tooMany, ...below];
}

function ofNumber(value: number, { minimum = -Infinity, maximum = Infinity }: Rule, at: string): Violation[] {
  if (value < minimum)
    return [{ detail: `Value ${value} is less than minimum ${minimum}`, at, rule: 'MINIMUM' }];
  if (value > maximum)
    return [{ detail: `Value ${value} is greater than maximum ${maximum}`, at, rule: 'MAXIMUM' }];
  return [];
}

function ofList(
  value: readonly unknown[],
  { items, minItems = 0, maxItems = Infinity }: Rule,
  at: string,
): Violation[] {
  const { length } = value;
  const ofLength: Violation[] = [];
  if (length < minItems)
    ofLength.push({
      detail: `Array is too short (${length}), minimum ${minItems}`,
      at,
      rule: 'ARRAY_LENGTH_SHORT',
    });
  if (length > maxItems)
    ofLength.push({
      detail: `Array is too long (${length}), maximum ${maxItems}`,
      at,
      rule: 'ARRAY_LENGTH_LONG',
    });
  return [
    ...ofLength,
    ...(items ? value.flatMap((one, index) => violations(one, items, `${at}[${index}]`)) : []),
  ];
}

function ofText(value: string, rule: Rule, at: string): Violation[] {
  const { minLength = 0, maxLength = Infinity, pattern, format } = rule;
  const { length } = [...value];
  const wrong = (detail: string, name: string): Violation[] => [{ detail, at, rule: name }];
  if (length < minLength)
    return wrong(`String is too short (${length} chars), minimum ${minLength}`, 'MIN_LENGTH');
  if (length > maxLength)
    return wrong(`String is too long (${length} chars), maximum ${maxLength}`, 'MAX_LENGTH');
  if (rule.enum && !rule.enum.includes(value)) return wrong(`No enum match for: ${value}`, 'ENUM_MISMATCH');
  if (pattern && !pattern.test(value))
    return wrong(`String does not match pattern ${pattern.source}: ${value}`, 'PATTERN');
  if (format && !hasFormat(value, format))
    return wrong(`Object didn't pass validation for format ${format}: ${value}`, 'FORMAT');
  return [];
}

function hasFormat(value: string, format: NonNullable<Rule['format']>): boolean {
  switch (format) {
    case 'email':
      return value.length <= 320 && EMAIL.test(value);
    case 'callback-url':
    case 'strict-uri':
      return URL.canParse(value);
    case 'url-with-placeholders':
      return URL.canParse(value.replace(/\*/g, 'x').replace(/\{[a-z_]+\}/g, 'x'));
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (Number.isInteger(value)) return 'integer';
  return typeof value;
}
