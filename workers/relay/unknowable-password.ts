import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PAIRS = 34;

/**
 * Never disclosed: the user sets a password through a reset. Meets every password policy of Auth0 connections: 72 characters, the longest
 * minimum and the maximum; all four character classes; letters and digits alternate, so that there are no repetitions or sequences.
 */
export function unknowablePassword(): string {
  const pairs = Array.from(
    { length: PAIRS },
    () => `${LETTERS.charAt(randomInt(LETTERS.length))}${randomInt(10)}`,
  );
  return `a1A!${pairs.join('')}`;
}
