/**
 * Encrypts personal data before it is stored in Redis: AES-256-GCM with a random 96-bit nonce each (NIST SP 800-38D),
 * as
 * `v1.<key id>.<nonce>.<tag>.<ciphertext>` in base64url. `place` names where the value is stored and is authenticated
 * with it (AAD), so that a sealed value cannot be moved to another record.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { parseJson } from '../json.ts';
import type { EncryptionKeys } from '../settings/setting.ts';

export interface Seal {
  seal(value: unknown, place: string): string;
  /** @throws when the value was altered, moved, or sealed with a key that is no longer configured */
  open<T>(sealed: string, place: string): T;
  /** Whether it names a configured key; a value made up by a caller may name any. */
  knows(sealed: string): boolean;
  /** For large values: as bytes, `1`, length of the key id, key id, nonce, tag, ciphertext. */
  sealBytes(bytes: Uint8Array, place: string): Buffer;
  /** @throws as `open` does */
  openBytes(sealed: Buffer, place: string): Buffer;
}

/** A sealed value cannot be opened with the configured keys. `code` is the id of the missing key, for the log. */
export class UnknownKey extends Error {
  override readonly name = 'UnknownKey';
  readonly code: string;

  constructor(keyId: string) {
    super('sealed with a key that is not configured');
    this.code = keyId;
  }
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BYTES_VERSION = 1;

/** Nonces fetched from the system in one call: a call for each would cost more than sealing a small value. */
const NONCES = 256;

function createNonces(): () => Buffer {
  let pool = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === pool.length) [pool, at] = [randomBytes(NONCES * NONCE_BYTES), 0];
    return pool.subarray(at, (at += NONCE_BYTES));
  };
}

/** @param onUnknownKey called for each stored value whose key is missing */
export function createSeal(
  keys: EncryptionKeys,
  onUnknownKey: (keyId: string) => void = () => undefined,
): Seal {
  const nextNonce = createNonces();
  const keyNamed = (keyId: string): Buffer => {
    const key = keys.byId.get(keyId);
    if (key) return key;
    onUnknownKey(keyId);
    throw new UnknownKey(keyId);
  };
  return {
    seal(value, place) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', keyNamed(keys.current), nonce);
      cipher.setAAD(Buffer.from(place));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
      return ['v1', keys.current, ...parts].join('.');
    },
    open<T>(sealed: string, place: string): T {
      const [version, keyId = '', nonce = '', tag = '', text = ''] = sealed.split('.');
      if (version !== 'v1') throw new Error('not sealed');
      const decipher = createDecipheriv('aes-256-gcm', keyNamed(keyId), Buffer.from(nonce, 'base64url'), {
        authTagLength: 16,
      });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      const clear = Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]);
      return parseJson<T>(clear.toString('utf8'));
    },
    knows: (sealed) => keys.byId.has(sealed.split('.', 2)[1] ?? ''),
    sealBytes(bytes, place) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', keyNamed(keys.current), nonce);
      cipher.setAAD(Buffer.from(place));
      const text = [cipher.update(bytes), cipher.final()];
      const keyId = Buffer.from(keys.current);
      return Buffer.concat([
        Buffer.of(BYTES_VERSION, keyId.length),
        keyId,
        nonce,
        cipher.getAuthTag(),
        ...text,
      ]);
    },
    openBytes(sealed, place) {
      const nonceAt = 2 + (sealed[1] ?? 0);
      const tagAt = nonceAt + NONCE_BYTES;
      const textAt = tagAt + TAG_BYTES;
      if (sealed[0] !== BYTES_VERSION) throw new Error('not sealed');
      const key = keyNamed(sealed.toString('utf8', 2, nonceAt));
      const nonce = sealed.subarray(nonceAt, tagAt);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(sealed.subarray(tagAt, textAt));
      return Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]);
    },
  };
}
