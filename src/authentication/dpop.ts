/** DPoP proofs (RFC 9449): the sender of a bound token proves possession of its key on each request. */
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWTPayload } from 'jose';
import { Problem } from '../problem.ts';
import { comparableUrl } from './comparable-url.ts';
import { joseReason } from './jose-reason.ts';

/** Asymmetric algorithms only (section 4.3, check 5). Auth0 supports ES256 and RS256. */
export const DPOP_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const;
/** Maximum age of a proof: long enough for a slow connection, short enough to keep the replay cache small. */
const MAX_AGE_SECONDS = 60;
const MAX_LENGTH = 8_192;
const MAX_JTI_LENGTH = 256;

export interface DpopProofs {
  /**
   * @param proofs every `DPoP` field of the request
   * @throws Problem `invalid_dpop_proof`
   */
  check(proofs: readonly string[], of: ProvenRequest): Promise<void>;
}

interface ProvenRequest {
  token: string;
  /** JWK thumbprint in the token's `cnf` claim. */
  boundTo: string;
  method: string;
  /** Request URL as the client sees it. */
  url: string;
}

/** @param firstSeen whether a name is new to all processes within the given number of milliseconds */
export function createDpopProofs(
  firstSeen: (name: string, forMs: number) => Promise<boolean>,
  clockToleranceSeconds: number,
): DpopProofs {
  return {
    async check(proofs, { token, boundTo, method, url }) {
      const [proof] = proofs;
      if (proof === undefined) throw refused('there is none');
      if (proofs.length > 1) throw refused('there is more than one');
      const { payload, thumbprint } = await open(proof);
      const { jti, htm, htu, iat, ath } = payload;
      if (htm !== method) throw refused('htm is not the request method');
      if (!isSameUrl(htu, url)) throw refused('htu is not the request URL');
      const now = Math.floor(Date.now() / 1000);
      if (typeof iat !== 'number') throw refused('iat is missing');
      if (iat > now + clockToleranceSeconds) throw refused('iat is in the future');
      if (iat < now - MAX_AGE_SECONDS) throw refused('iat is too old');
      if (ath !== createHash('sha256').update(token).digest('base64url'))
        throw refused('ath is not the hash of the token');
      if (thumbprint !== boundTo)
        throw refused('it was signed with a different key than the token is bound to');
      if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH)
        throw refused('jti is missing or too long');
      // Last, so that only the holder of the key can add entries.
      const name = createHash('sha256').update(`${thumbprint} ${jti}`).digest('base64url');
      const forMs = (MAX_AGE_SECONDS + clockToleranceSeconds + 1) * 1000;
      if (!(await firstSeen(name, forMs))) throw refused('it was used before');
    },
  };
}

/** Checks signature, algorithm and typ; the public key is in the proof's own header (section 4.3, checks 3 to 7). */
async function open(proof: string): Promise<{ payload: JWTPayload; thumbprint: string }> {
  if (proof.length > MAX_LENGTH) throw refused('it is too long');
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: [...DPOP_ALGORITHMS],
      typ: 'dpop+jwt',
      // `iat` is checked against a window of our own.
      requiredClaims: ['jti', 'htm', 'htu', 'iat', 'ath'],
    });
    return { payload, thumbprint: await calculateJwkThumbprint({ ...protectedHeader.jwk }) };
  } catch (cause) {
    throw refused('it is not a proof, or its signature is invalid', cause);
  }
}

function isSameUrl(htu: unknown, url: string): boolean {
  if (typeof htu !== 'string' || /[?#]/.test(htu) || !URL.canParse(htu)) return false;
  return comparableUrl(htu) === comparableUrl(url);
}

function refused(why: string, cause?: unknown): Problem {
  return new Problem('invalid_dpop_proof', {
    detail: `The proof is refused: ${why}.`,
    internal: cause === undefined ? undefined : joseReason(cause),
    cause,
  });
}
