/**
 * What makes the audit log tamper-evident: each event carries an HMAC-SHA-256 over the one before and its own text, under a key that
 * is not in Redis. Whoever can write there can neither edit, drop nor reorder events unseen.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import type { EncryptionKeys } from '../settings/setting.ts';

/** A place in a chain: the event with this number, and its link. */
export interface Link {
  /** 0: before the first event. */
  seq: number;
  hash: string;
}

export interface SealedLink extends Link {
  /** Nobody without the key can claim that the chain begins or ends here. */
  seal: string;
}

export const START: Link = { seq: 0, hash: '' };

export interface ChainKeys {
  /** What new links are made with. */
  current: string;
  /** @returns undefined when the key is not configured any more */
  link(keyId: string, before: string, text: string): string | undefined;
  /** @param end `head`: the chain ends with it, `anchor`: what stands before it was removed when its time was over */
  seal(end: 'head' | 'anchor', tenant: string, link: Link): SealedLink;
  /** @returns the id of the key that it was sealed with, if that is not configured any more */
  lacks(link: SealedLink): string | undefined;
  /** Whether somebody with a key made it. */
  isGenuine(end: 'head' | 'anchor', tenant: string, link: SealedLink): boolean;
}

const KEY_BYTES = 32;

export function createChainKeys({ current, byId }: EncryptionKeys): ChainKeys {
  // The same secrets as for sealing, but never the same key.
  const keys = new Map(
    [...byId].map(([id, key]) => [
      id,
      Buffer.from(hkdfSync('sha256', key, '', 'trivium audit chain', KEY_BYTES)),
    ]),
  );
  const mac = (keyId: string, ...parts: string[]) => {
    const key = keys.get(keyId);
    return key && createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
  };
  const sealOf = (keyId: string, end: string, tenant: string, { seq, hash }: Link) =>
    mac(keyId, end, tenant, String(seq), hash);
  return {
    current,
    link: (keyId, before, text) => mac(keyId, before, text),
    seal: (end, tenant, link) => ({ ...link, seal: `${current}.${sealOf(current, end, tenant, link)}` }),
    lacks: ({ seal }) => {
      const [keyId = '', text] = seal.split('.');
      return text === undefined || keys.has(keyId) ? undefined : keyId;
    },
    isGenuine(end, tenant, link) {
      const [keyId = '', text] = link.seal.split('.');
      return text !== undefined && sealOf(keyId, end, tenant, link) === text;
    },
  };
}
