import { hash, randomBytes } from 'node:crypto';

/** Random per process and never written down, so that the hashes are useless elsewhere. */
const prefix = randomBytes(32).toString('base64');

/** Keyed hash for in-memory lookups by secret: a third of the cost of `createHmac` (performance notes). */
export function processHash(secret: string): string {
  return hash('sha256', prefix + secret, 'base64');
}
