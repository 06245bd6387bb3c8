/**
 * Keyed hash under which secrets and addresses are stored in Redis: HMAC-SHA-256 with a secret of the deployment (RFC
 * 2104), in base64url. Without that secret, nobody can test guesses against the stored hashes.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface KeyedHash {
  /** Hashes with the newest key. @param purpose domain separation: hashes for different purposes never match */
  (purpose: HashPurpose, text: string): string;
  /** Hashes with each key, newest first, for lookups by hash. */
  each(purpose: HashPurpose, text: string): string[];
  /** Whether `hash` is that of the text, with any of the keys. Constant time. */
  matches(purpose: HashPurpose, text: string, hash: string): boolean;
}

type HashPurpose =
  | 'api-key'
  | 'address'
  | 'client'
  | 'idempotency-key'
  | 'request'
  | 'registration-token'
  | 'initial-access-token'
  | 'app-secret'
  | 'alike'
  | 'tenant-deletion'
  | 'webhook-host';

/** @param keys newest first; older ones verify existing hashes */
export function createKeyedHash(...keys: readonly [Buffer, ...Buffer[]]): KeyedHash {
  const hashBy = (key: Buffer, purpose: HashPurpose, text: string) =>
    createHmac('sha256', key).update(`${purpose}\0${text}`).digest('base64url');
  const each: KeyedHash['each'] = (purpose, text) => keys.map((key) => hashBy(key, purpose, text));
  return Object.assign((purpose: HashPurpose, text: string) => hashBy(keys[0], purpose, text), {
    each,
    matches: (purpose: HashPurpose, text: string, hash: string) =>
      each(purpose, text).some((one) => isSame(one, hash)),
  });
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Keyed hash of an API key: id and secret together. */
export function apiKeyHash(keyedHash: KeyedHash, clientId: string, clientSecret: string): string {
  return keyedHash('api-key', apiKeyText(clientId, clientSecret));
}

/** Whether the hash is that of this API key, with any of the keys. */
export function isApiKeyHash(
  keyedHash: KeyedHash,
  [clientId, clientSecret]: readonly [string, string],
  hash: string | undefined,
): boolean {
  return hash !== undefined && keyedHash.matches('api-key', apiKeyText(clientId, clientSecret), hash);
}

const apiKeyText = (clientId: string, clientSecret: string) => `${clientId}:${clientSecret}`;
