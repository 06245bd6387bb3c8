/** Checks a token's header (RFC 8725) before any key is fetched or signature computed. */
import { decodeProtectedHeader } from 'jose';
import { Problem } from '../problem.ts';

/** Naming of the claims: Auth0's profile (`azp`), or RFC 9068 (`client_id`, `jti`). */
export type Dialect = 'auth0' | 'rfc9068';

/**
 * RFC 9068 section 2.1. Auth0's profile uses `JWT`, as its ID tokens do; those fail on `aud`, which names the client
 * and not this API.
 */
const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  ['jwt', 'auth0'],
  ['at+jwt', 'rfc9068'],
  ['application/at+jwt', 'rfc9068'],
]);
/**
 * Headers by which a token names or carries its own key (RFC 8725 section 3.10), is not a plain JWS (`b64`, RFC 7797;
 * `enc` and `zip` of a JWE), or nests another token (`cty`). The authority sets none of them, and no extension is
 * supported.
 */
const NEVER = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'enc', 'zip', 'cty'] as const;
/** The authority's own are 21 characters long. */
const MAX_KID_LENGTH = 128;

/** @throws Problem `invalid_token`; a jose error when it is not a JWS at all */
export function checkTokenHeader(token: string, algorithms: readonly string[]): Dialect {
  const header = decodeProtectedHeader(token);
  const { alg, kid, typ } = header;
  const dialect = DIALECTS.get(String(typ).toLowerCase());
  if (!dialect) throw refused('its typ is not that of an access token');
  if (typeof alg !== 'string' || !algorithms.includes(alg)) throw refused('its algorithm is not accepted');
  for (const name of NEVER) if (Object.hasOwn(header, name)) throw refused(`its header holds ${name}`);
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > MAX_KID_LENGTH))
    throw refused('its kid is not a valid key id');
  return dialect;
}

function refused(why: string): Problem {
  return new Problem('invalid_token', { detail: `The token is not valid here: ${why}.` });
}
