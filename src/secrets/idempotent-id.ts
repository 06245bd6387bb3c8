import type { KeyedHash } from './keyed-hash.ts';

export interface IdempotencyKey {
  caller: string;
  key: string;
}

/**
 * The same id for the same idempotency key of the same caller and operation, as a UUID of version 8 (RFC 9562): nobody else can come
 * upon it.
 * @param isKnown asked only where HASH_KEY has several keys: what was begun before they were rotated goes by the id that an older one makes
 * @returns the id, and what hashes as it did for what goes by that id
 */
export async function idempotentId(
  keyedHash: KeyedHash,
  operationId: string,
  { caller, key }: IdempotencyKey,
  isKnown: (id: string) => Promise<boolean>,
): Promise<{ id: string; fingerprint: (text: string) => string }> {
  const ids = keyedHash.each('idempotency-key', JSON.stringify([caller, operationId, key])).map(toUuid);
  let place = ids.length - 1;
  while (place > 0 && !(await isKnown(ids[place]!))) place -= 1;
  return { id: ids[place]!, fingerprint: (text) => keyedHash.each('request', text)[place]! };
}

function toUuid(hash: string): string {
  const bytes = Buffer.from(hash, 'base64url');
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
