import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { StoredPassword } from './store/records.ts';

/**
 * Fast on purpose: this keeps made-up users of a development machine, and has to create thousands of them in a second. A real
 * authority uses a slow hash (Auth0: bcrypt).
 */
export function hashPassword(password: string): StoredPassword {
  // Node keeps random bytes for these in store: much quicker than asking for some each time.
  const salt = randomUUID();
  return { salt, hash: digest(password, salt).toString('base64url') };
}

export function isPassword(password: string, stored: StoredPassword): boolean {
  return timingSafeEqual(digest(password, stored.salt), Buffer.from(stored.hash, 'base64url'));
}

function digest(password: string, salt: string): Buffer {
  return createHmac('sha256', salt).update(password).digest();
}

const CHARACTER_CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];
/** A few of those at the top of every list of leaked passwords. */
const TRIVIAL = new Set([
  'password',
  'passw0rd',
  'password1',
  '12345678',
  '123456789',
  'qwertyui',
  'iloveyou',
]);

/** What a connection's `passwordPolicy` asks for (Auth0 docs, "Password strength in Auth0 database connections"). */
const POLICIES: Record<string, (password: string) => boolean> = {
  none: (password) => password.length >= 1,
  low: (password) => password.length >= 6,
  fair: (password) =>
    password.length >= 8 && CHARACTER_CLASSES.slice(0, 3).every((one) => one.test(password)),
  good: (password) => password.length >= 8 && classesIn(password) >= 3,
  excellent: (password) => password.length >= 10 && classesIn(password) >= 3 && !/(.)\1\1/.test(password),
};

/** Without a policy: eight characters that are not among the first to be guessed. Laxer than Auth0's default, "good". */
export function isWeak(password: string, policy?: unknown): boolean {
  const strongEnough = typeof policy === 'string' ? POLICIES[policy] : undefined;
  if (strongEnough) return !strongEnough(password);
  return password.length < 8 || TRIVIAL.has(password.toLowerCase()) || new Set(password).size < 4;
}

function classesIn(password: string): number {
  return CHARACTER_CLASSES.filter((one) => one.test(password)).length;
}
