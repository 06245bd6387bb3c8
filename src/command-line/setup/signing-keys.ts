/** Private keys of our clients: made here, and nowhere else but in files that only their owner can read. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.ts';
import type { ClientRole } from './plan.ts';
import { writePrivate } from './private-file.ts';

export interface SigningKey {
  path: string;
  publicPem: string;
  /** RFC 7638; in the name of the credential at Auth0, by which it is recognized. */
  thumbprint: string;
}

export const keyPath = (folder: string, role: ClientRole): string => join(folder, `${role}.key.pem`);

/** @returns undefined when there is no such file @throws SetupFailure when it contains no RSA key */
export function readSigningKey(folder: string, role: ClientRole): SigningKey | undefined {
  const path = keyPath(folder, role);
  if (!existsSync(path)) return undefined;
  try {
    const key = createPublicKey(createPrivateKey(readFileSync(path)));
    return {
      path,
      publicPem: key.export({ type: 'spki', format: 'pem' }).toString(),
      thumbprint: thumbprintOf(key),
    };
  } catch (error) {
    throw new SetupFailure(
      'usage',
      [`${path} is no private key in PEM: move it away, or name another --folder.`],
      error,
    );
  }
}

export interface LocalKey {
  /** undefined: the private key is not here */
  key: SigningKey | undefined;
  /** Where it is looked for. */
  path: string;
}

export const localKey = (folder: string, role: ClientRole): LocalKey => ({
  key: readSigningKey(folder, role),
  path: keyPath(folder, role),
});

/** Never replaces one that is there. */
export function makeSigningKey(folder: string, role: ClientRole): void {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writePrivate(keyPath(folder, role), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), {
    isNew: true,
  });
}

function thumbprintOf(key: KeyObject): string {
  const { e, kty, n } = key.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
