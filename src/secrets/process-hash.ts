import { hash, randomBytes } from 'node:crypto';

/** Known to this process only and never written down, so that a hash tells nobody else anything. */
const prefix = randomBytes(32).toString('base64');

/** A keyed look-up for secrets that stays in this process: a third of the cost of `createHmac` (performance notes). */
export function processHash(secret: string): string {
  return hash('sha256', prefix + secret, 'base64');
}
