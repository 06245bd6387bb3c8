import type { KeyedHash } from './keyed-hash.ts';

/**
 * The same id for the same idempotency key of the same caller and operation, as a UUID of version 8 (RFC 9562): nobody else can come
 * upon it.
 */
export function idempotentId(
  keyedHash: KeyedHash,
  operationId: string,
  { caller, key }: { caller: string; key: string },
): string {
  const text = JSON.stringify([caller, operationId, key]);
  const bytes = Buffer.from(keyedHash('idempotency-key', text), 'base64url');
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
