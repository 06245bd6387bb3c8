/**
 * What stands in Redis for a secret or an address: HMAC-SHA-256 with a secret of the deployment (RFC 2104), in base64url. Without
 * that secret nobody can try guesses against what is stored.
 */
import { createHmac } from 'node:crypto';

export interface KeyedHash {
  /** @param purpose keeps hashes of different things apart */
  (purpose: HashPurpose, text: string): string;
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

export function createKeyedHash(key: Buffer): KeyedHash {
  return (purpose, text) => createHmac('sha256', key).update(`${purpose}\0${text}`).digest('base64url');
}

/** Of an API key: id and secret together. */
export function apiKeyHash(keyedHash: KeyedHash, clientId: string, clientSecret: string): string {
  return keyedHash('api-key', `${clientId}:${clientSecret}`);
}
