import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigFault } from './config-fault.ts';

/** Reads the file once, at the start; its content is never quoted. */
export function signingKeyFile(path: string): KeyObject {
  const pem = textOf(path);
  const key = rsaKeyOf(pem);
  if (!key)
    throw new ConfigFault('must name a file with an unencrypted RSA private key of at least 2048 bits (PEM)');
  return key;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigFault(`names a file that cannot be read (${code})`);
  }
}

function rsaKeyOf(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    const isFit = key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
    return isFit ? key : undefined;
  } catch {
    return undefined;
  }
}
