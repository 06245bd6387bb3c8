import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PAIRS = 34;

/**
 * Told nobody: the user sets a password by a reset. Meets every policy that a connection of Auth0's can have: 72 characters, the
 * longest minimum and the maximum; all four kinds; letters and digits in turns, so that none are repeated or in sequence.
 */
export function unknowablePassword(): string {
  const pairs = Array.from(
    { length: PAIRS },
    () => `${LETTERS.charAt(randomInt(LETTERS.length))}${randomInt(10)}`,
  );
  return `a1A!${pairs.join('')}`;
}
