import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import type { Store } from '../store/store.ts';

export interface SigningKeys {
  /** Including the private parts, for oidc-provider; it signs with the first, which is the newest. */
  private: JWK[];
  publicKey: (kid: string | undefined) => CryptoKey | undefined;
}

const MODULUS_BITS = 2048;

/** Loads the keys that tokens are signed with; creates them on the first start. */
export async function loadSigningKeys(store: Store): Promise<SigningKeys> {
  if (store.keys.size === 0) store.keys.put(newKey());
  const publicKeys = new Map<string, CryptoKey>();
  const privateKeys: JWK[] = [];
  for (const { kid, private_jwk } of [...store.keys.values()].reverse()) {
    privateKeys.push({ ...private_jwk, kid, use: 'sig', alg: 'RS256' });
    const key = createPublicKey(createPrivateKey({ key: private_jwk as never, format: 'jwk' }));
    publicKeys.set(kid, (await importJWK({ ...key.export({ format: 'jwk' }) }, 'RS256')) as CryptoKey);
  }
  return { private: privateKeys, publicKey: (kid) => publicKeys.get(kid ?? '') };
}

/** @param keepOld whether tokens signed with the older keys remain valid */
export function addSigningKey(store: Store, keepOld: boolean): void {
  if (!keepOld) for (const kid of [...store.keys.keys()]) store.keys.delete(kid);
  store.keys.put(newKey());
}

/** Signs an arbitrary payload with the newest key: RS256, even if the header says otherwise. `null` removes a member of the header. */
export function signAnything(keys: SigningKeys, header: object, payload: object): string {
  const [{ kid, ...jwk } = {}] = keys.private;
  const members = Object.entries({ alg: 'RS256', typ: 'JWT', kid, ...header });
  const parts = [Object.fromEntries(members.filter(([, value]) => value !== null)), payload];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS });
  return {
    kid: randomBytes(15).toString('base64url'),
    private_jwk: privateKey.export({ format: 'jwk' }) as Record<string, unknown>,
  };
}
