import type { KeyedHash } from './keyed-hash.ts';

export interface IdempotencyKey {
  caller: string;
  key: string;
}

/**
 * Derives an id from an idempotency key, its caller and its operation, as a UUID of version 8 (RFC 9562); nobody else
 * can produce it.
 * @param isKnown called only if HASH_KEY has several keys: work begun before a rotation has an id derived from an older
 * key
 * @returns the id, and the hash function that belongs to it
 */
export async function idempotentId(
  keyedHash: KeyedHash,
  operationId: string,
  { caller, key }: IdempotencyKey,
  isKnown: (id: string) => Promise<boolean>,
): Promise<{ id: string; fingerprint: (text: string) => string }> {
  const ids = keyedHash.each('idempotency-key', JSON.stringify([caller, operationId, key])).map(toUuid);
  for (const [place, id] of [...ids.entries()].reverse())
    if (place === 0 || (await isKnown(id)))
      return { id, fingerprint: (text) => keyedHash.each('request', text)[place] ?? '' };
  throw new Error('HASH_KEY has no key');
}

function toUuid(hash: string): string {
  const bytes = Buffer.from(hash, 'base64url');
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
