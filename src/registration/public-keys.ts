/** Keys with which an app signs itself in (private_key_jwt): public, RSA, and no more than the authority keeps. */
import { createPublicKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { Problem } from '../problem.ts';
import type { PublicKeys } from '../registry/app-metadata.ts';

/** What Auth0 verifies with (Auth0 docs, "Private Key JWT"). */
export const SIGNING_ALGORITHMS = ['RS256', 'RS384', 'PS256'] as const;
/** Two, so that a key can be replaced (Auth0 docs, "Private Key JWT"). */
const MAX_KEYS = 2;
/** RFC 7518 section 3.3. */
const MIN_BITS = 2_048;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** @throws Problem `invalid_client_metadata` */
export function checkPublicKeys({ keys }: { keys: readonly unknown[] }): PublicKeys {
  if (keys.length > MAX_KEYS) throw refuse(`jwks has more than ${MAX_KEYS} keys`);
  return { keys: keys.map((key, index) => checkKey(key as JsonWebKey, `jwks.keys[${index}]`)) };
}

function checkKey(key: JsonWebKey, where: string): Record<string, unknown> {
  if (PRIVATE_MEMBERS.some((member) => member in key)) throw refuse(`${where} is not a public key`);
  if (key.kty !== 'RSA') throw refuse(`${where} is no RSA key`);
  if (key['use'] !== undefined && key['use'] !== 'sig') throw refuse(`${where} is not for signatures`);
  const { alg } = key as { alg?: unknown };
  if (alg !== undefined && !(SIGNING_ALGORITHMS as readonly unknown[]).includes(alg))
    throw refuse(`${where} is for an algorithm other than ${SIGNING_ALGORITHMS.join(', ')}`);
  if (key['kid'] !== undefined && typeof key['kid'] !== 'string')
    throw refuse(`${where} has a kid that is no text`);
  let bits: number | undefined;
  try {
    bits = createPublicKey({ key, format: 'jwk' }).asymmetricKeyDetails?.modulusLength;
  } catch {
    throw refuse(`${where} cannot be read`);
  }
  if (bits === undefined || bits < MIN_BITS) throw refuse(`${where} has fewer than ${MIN_BITS} bits`);
  return key;
}

function refuse(detail: string): Problem {
  return new Problem('invalid_client_metadata', { detail });
}
