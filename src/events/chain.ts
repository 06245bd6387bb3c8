/**
 * Makes the audit log tamper-evident: each event carries an HMAC-SHA-256 over the previous link and its own text, under
 * a key that is not in Redis. Whoever can write to Redis can neither edit, drop nor reorder events undetected.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import type { EncryptionKeys } from '../settings/setting.ts';

/** A position in the chain: the event's number, and its link. */
export interface Link {
  /** 0: before the first event. */
  seq: number;
  hash: string;
}

export interface SealedLink extends Link {
  /** Without the key, nobody can forge the begin or end of the chain. */
  seal: string;
}

export const START: Link = { seq: 0, hash: '' };

export interface ChainKeys {
  /** Id of the key for new links. */
  current: string;
  /** Link of a new event. */
  link(before: string, text: string): string;
  /** Recomputes a link with this key. @returns undefined when the key is not configured any more */
  linkOf(keyId: string, before: string, text: string): string | undefined;
  /** @param end `head`: last event of the chain; `anchor`: last removed event, after its retention */
  seal(end: 'head' | 'anchor', tenant: string, link: Link): SealedLink;
  /** @returns the id of the key that it was sealed with, if that is not configured any more */
  lacks(link: SealedLink): string | undefined;
  /** Whether it was sealed with one of the keys. */
  isGenuine(end: 'head' | 'anchor', tenant: string, link: SealedLink): boolean;
}

const KEY_BYTES = 32;

export function createChainKeys({ current, byId }: EncryptionKeys): ChainKeys {
  const keys = new Map([...byId].map(([id, key]) => [id, chainKey(key)]));
  const own = keys.get(current);
  if (!own) throw new Error(`encryption key ${current} is not configured`);
  return {
    current,
    link: (before, text) => mac(own, [before, text]),
    linkOf(keyId, before, text) {
      const key = keys.get(keyId);
      return key && mac(key, [before, text]);
    },
    seal: (end, tenant, link) => ({ ...link, seal: `${current}.${sealOf(own, end, tenant, link)}` }),
    lacks: ({ seal }) => {
      const [keyId = '', text] = seal.split('.');
      return text === undefined || keys.has(keyId) ? undefined : keyId;
    },
    isGenuine(end, tenant, link) {
      const [keyId = '', text] = link.seal.split('.');
      const key = keys.get(keyId);
      return key !== undefined && sealOf(key, end, tenant, link) === text;
    },
  };
}

/** Derived from the encryption keys, but never the same key. */
const chainKey = (key: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', 'trivium audit chain', KEY_BYTES));

const mac = (key: Buffer, parts: readonly string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

const sealOf = (key: Buffer, end: string, tenant: string, { seq, hash }: Link): string =>
  mac(key, [end, tenant, String(seq), hash]);
