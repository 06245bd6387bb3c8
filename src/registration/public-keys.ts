/** Public keys of apps that authenticate with private_key_jwt: RSA only, at most as many as Auth0 stores. */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { Problem } from '../problem.ts';
import type { PublicKeys } from '../registry/client-registration.ts';

/** Algorithms that Auth0 supports (Auth0 docs, "Private Key JWT"). */
export const SIGNING_ALGORITHMS = ['RS256', 'RS384', 'PS256'] as const;
/** Two, so that a key can be replaced (Auth0 docs, "Private Key JWT"). */
const MAX_KEYS = 2;
/** RFC 7518 section 3.3. */
const MIN_BITS = 2_048;
/** Auth0 Management API, `PublicKeyCredential`. If Auth0 assigned another one, assertions would refer to an unknown key. */
const KID = /^[0-9A-Za-z_-]{10,64}$/;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** @throws Problem `invalid_client_metadata` */
export function checkPublicKeys({ keys = [] }: { keys?: readonly JsonWebKey[] }): PublicKeys {
  if (keys.length === 0) throw refuse('jwks has no key');
  if (keys.length > MAX_KEYS) throw refuse(`jwks has more than ${MAX_KEYS} keys`);
  const checked = keys.map((key, index) => checkKey(key, `jwks.keys[${index}]`));
  const ids = checked.flatMap(({ kid }) => (kid === undefined ? [] : [kid]));
  if (new Set(ids).size < ids.length) throw refuse('jwks has two keys with one kid');
  return { keys: checked };
}

/**
 * Auth0 identifies a client's keys by their `kid`, so a replacement needs a new one.
 * @throws Problem `invalid_client_metadata`
 */
export function refuseReusedIds(jwks: PublicKeys | undefined, before: PublicKeys | undefined): void {
  const isOther = (key: Record<string, unknown>) => (old: Record<string, unknown>) =>
    key['kid'] !== undefined &&
    key['kid'] === old['kid'] &&
    (key['n'] !== old['n'] || key['alg'] !== old['alg']);
  const index = jwks?.keys.findIndex((key) => before?.keys.some(isOther(key))) ?? -1;
  if (index >= 0) throw refuse(`jwks.keys[${index}] has the kid of the key that it replaces`);
}

function checkKey(key: JsonWebKey, where: string): Record<string, unknown> {
  if (PRIVATE_MEMBERS.some((member) => member in key)) throw refuse(`${where} is not a public key`);
  if (key.kty !== 'RSA') throw refuse(`${where} is no RSA key`);
  if (key['use'] !== undefined && key['use'] !== 'sig') throw refuse(`${where} is not for signatures`);
  const { alg, kid } = key;
  if (alg !== undefined && !SIGNING_ALGORITHMS.some((one) => one === alg))
    throw refuse(`${where} is for an algorithm other than ${SIGNING_ALGORITHMS.join(', ')}`);
  if (kid !== undefined && (typeof kid !== 'string' || !KID.test(kid)))
    throw refuse(
      `${where} has a kid that the authority does not take: 10 to 64 letters, digits, - and _, or none at all`,
    );
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
