import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { StoredPassword } from './store/records.ts';

/**
 * Fast on purpose: these are made-up users on a development machine, created by thousands per second. A real authorization server uses a
 * slow hash (Auth0: bcrypt).
 */
export function hashPassword(password: string): StoredPassword {
  // Node buffers random bytes for UUIDs: much faster than requesting a few each time.
  const salt = randomUUID();
  return { salt, hash: digest(password, salt).toString('base64url') };
}

export function isPassword(password: string, stored: StoredPassword): boolean {
  return timingSafeEqual(digest(password, stored.salt), Buffer.from(stored.hash, 'base64url'));
}

function digest(password: string, salt: string): Buffer {
  return createHmac('sha256', salt).update(password).digest();
}

const BY_TYPE: Record<string, RegExp> = {
  lowercase: /[a-z]/,
  uppercase: /[A-Z]/,
  number: /[0-9]/,
  special: /[^a-zA-Z0-9]/,
};
const CHARACTER_CLASSES = Object.values(BY_TYPE);
/** Some of the most common leaked passwords. */
const TRIVIAL = new Set([
  'password',
  'passw0rd',
  'password1',
  '12345678',
  '123456789',
  'qwertyui',
  'iloveyou',
]);

/** Requirements of a connection's `passwordPolicy` (Auth0 docs, "Password strength in Auth0 database connections"). */
const POLICIES: Record<string, (password: string) => boolean> = {
  none: (password) => password.length >= 1,
  low: (password) => password.length >= 6,
  fair: (password) =>
    password.length >= 8 && CHARACTER_CLASSES.slice(0, 3).every((one) => one.test(password)),
  good: (password) => password.length >= 8 && classesIn(password) >= 3,
  excellent: (password) => password.length >= 10 && classesIn(password) >= 3 && !/(.)\1\1/.test(password),
};

/** The flexible policy, as shown in a connection (Auth0 docs, "Flexible Password Policy"). */
interface Complexity {
  min_length: number;
  character_types: string[];
  character_type_rule: string;
  identical_characters: string;
  sequential_characters: string;
  max_length_exceeded: string;
}

/** Longest input of bcrypt. */
const BYTES_MAX = 72;

/**
 * @param options of the connection: a policy by name, the flexible one, or none (connections of a seed): at least eight characters, and
 * not a common password
 */
export function isWeak(password: string, options: Record<string, unknown> = {}): boolean {
  const flexible = options['password_options'] as { complexity?: Complexity } | undefined;
  if (flexible?.complexity) return !isComplex(password, flexible.complexity);
  const least = options['password_complexity_options'] as { min_length?: number } | null | undefined;
  if (least?.min_length !== undefined && [...password].length < least.min_length) return true;
  const policy = options['passwordPolicy'];
  const strongEnough = typeof policy === 'string' ? POLICIES[policy] : undefined;
  if (strongEnough) return !strongEnough(password);
  return password.length < 8 || TRIVIAL.has(password.toLowerCase()) || new Set(password).size < 4;
}

function isComplex(password: string, complexity: Complexity): boolean {
  const { character_types: types, character_type_rule: rule, min_length: length } = complexity;
  const enough =
    rule === 'three_of_four' ? classesIn(password) >= 3 : types.every((one) => BY_TYPE[one]?.test(password));
  return (
    enough &&
    [...password].length >= length &&
    (complexity.identical_characters === 'allow' || !/(.)\1\1/.test(password)) &&
    (complexity.sequential_characters === 'allow' || !isSequential(password)) &&
    (complexity.max_length_exceeded !== 'error' || Buffer.byteLength(password) <= BYTES_MAX)
  );
}

/** Contains three consecutive characters, ascending or descending. */
function isSequential(password: string): boolean {
  const codes = [...password].map((one) => one.codePointAt(0) ?? 0);
  return codes.some((code, index) => {
    const step = (codes[index + 1] ?? code) - code;
    return Math.abs(step) === 1 && codes[index + 2] === code + 2 * step;
  });
}

function classesIn(password: string): number {
  return CHARACTER_CLASSES.filter((one) => one.test(password)).length;
}
