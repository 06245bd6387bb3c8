import { invalidBody, type ApiError } from './api-error.ts';

/** Schema of a value in a request body: the few keywords of JSON Schema that Auth0's descriptions use. */
export interface Rule {
  type?: 'string' | 'boolean' | 'integer' | 'object' | 'array';
  nullable?: boolean;
  format?: 'email' | 'strict-uri' | 'callback-url' | 'url-with-placeholders';
  pattern?: RegExp;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  enum?: readonly string[];
  items?: Rule;
  minItems?: number;
  maxItems?: number;
  /** An object with these members only. */
  members?: BodyRules;
  maxProperties?: number;
  /** For every member of an object. */
  values?: Rule;
}

export interface BodyRules {
  required: readonly string[];
  properties: Readonly<Record<string, Rule>>;
  /** Unknown members are allowed. */
  open?: boolean;
}

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]+$/;

/**
 * @returns the body as an object whose members satisfy the rules
 * The wording of errors is z-schema's, which Auth0 uses: the codes documented for imports are that library's.
 */
export function checkBody(body: unknown, rules: BodyRules): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidBody(`Expected type object but found type ${typeOf(body)}`, undefined, 'INVALID_TYPE');
  const members = body as Record<string, unknown>;
  for (const name of rules.required)
    if (members[name] === undefined)
      throw invalidBody(`Missing required property: ${name}`, undefined, 'OBJECT_REQUIRED');
  for (const [name, value] of Object.entries(members)) {
    const rule = Object.hasOwn(rules.properties, name) ? rules.properties[name] : undefined;
    if (rule) check(value, rule, name);
    else if (!rules.open) throw invalidBody(`Additional properties not allowed: ${name}`);
  }
  return members;
}

/** Specified as `date-time`. */
export function invalidDate(text: string, at: string): ApiError {
  return invalidBody(`Object didn't pass validation for format date-time: ${text}`, at, 'FORMAT');
}

function check(value: unknown, rule: Rule, at: string): void {
  if (value === null && rule.nullable) return;
  const type = typeOf(value);
  if (rule.type !== undefined && type !== rule.type)
    throw invalidBody(`Expected type ${rule.type} but found type ${type}`, at, 'INVALID_TYPE');
  if (typeof value === 'string') checkText(value, rule, at);
  if (typeof value === 'number') {
    if (rule.minimum !== undefined && value < rule.minimum)
      throw invalidBody(`Value ${value} is less than minimum ${rule.minimum}`, at, 'MINIMUM');
    if (rule.maximum !== undefined && value > rule.maximum)
      throw invalidBody(`Value ${value} is greater than maximum ${rule.maximum}`, at, 'MAXIMUM');
  }
  if (Array.isArray(value)) {
    const { items, minItems, maxItems } = rule;
    if (minItems !== undefined && value.length < minItems)
      throw invalidBody(
        `Array is too short (${value.length}), minimum ${minItems}`,
        at,
        'ARRAY_LENGTH_SHORT',
      );
    if (maxItems !== undefined && value.length > maxItems)
      throw invalidBody(`Array is too long (${value.length}), maximum ${maxItems}`, at, 'ARRAY_LENGTH_LONG');
    if (items) value.forEach((element, index) => check(element, items, `${at}[${index}]`));
  } else if (type === 'object' && rule.members) checkBody(value, rule.members);
  else if (type === 'object') checkMembers(Object.entries(value as object), rule, at);
}

function checkMembers(members: [string, unknown][], rule: Rule, at: string): void {
  if (rule.maxProperties !== undefined && members.length > rule.maxProperties)
    throw invalidBody(`Too many properties defined (${members.length}), maximum ${rule.maxProperties}`, at);
  const { values } = rule;
  if (!values) return;
  for (const [name, member] of members) {
    if (values.maxLength !== undefined && name.length > values.maxLength)
      throw invalidBody(`String is too long (${name.length} chars), maximum ${values.maxLength}`, at);
    check(member, values, `${at}.${name}`);
  }
}

function checkText(value: string, rule: Rule, at: string): void {
  const length = [...value].length;
  if (rule.minLength !== undefined && length < rule.minLength)
    throw invalidBody(`String is too short (${length} chars), minimum ${rule.minLength}`, at, 'MIN_LENGTH');
  if (rule.maxLength !== undefined && length > rule.maxLength)
    throw invalidBody(`String is too long (${length} chars), maximum ${rule.maxLength}`, at, 'MAX_LENGTH');
  if (rule.enum && !rule.enum.includes(value))
    throw invalidBody(`No enum match for: ${value}`, at, 'ENUM_MISMATCH');
  if (rule.pattern && !rule.pattern.test(value))
    throw invalidBody(`String does not match pattern ${rule.pattern.source}: ${value}`, at, 'PATTERN');
  if (rule.format && !hasFormat(value, rule.format))
    throw invalidBody(`Object didn't pass validation for format ${rule.format}: ${value}`, at, 'FORMAT');
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
