/** Verifies the token in `Trivium-Principal`. */
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { principalFrom, type Principal } from './principal.ts';
import { PrincipalError, type PrincipalErrorCode } from './principal-error.ts';

export interface PrincipalVerifierOptions {
  /** The public URL of the Trivium API. */
  issuer: string;
  /** The name of this service in Trivium's file of services. */
  audience: string;
  /** Default: `/.well-known/jwks.json` at the issuer. Set it where the service reaches Trivium at another address. */
  jwksUrl?: string | URL | undefined;
  /** By how much Trivium's clock and this machine's may differ; default 5. */
  clockToleranceSeconds?: number | undefined;
}

export interface PrincipalVerifier {
  /**
   * @param token value of the field `trivium-principal`, as Node has it in `headers`
   * @throws PrincipalError
   */
  verify(token: string | readonly string[] | undefined): Promise<Principal>;
}

const CLOCK_TOLERANCE_SECONDS = 5;
/** How soon a token with an unknown key makes the keys be fetched again: when Redis was lost, Trivium has new ones. */
const COOLDOWN_MS = 5_000;

export function createPrincipalVerifier(options: PrincipalVerifierOptions): PrincipalVerifier {
  const { audience, clockToleranceSeconds = CLOCK_TOLERANCE_SECONDS } = options;
  const issuer = options.issuer.replace(/\/+$/, '');
  const jwksUrl = new URL(options.jwksUrl ?? `${issuer}/.well-known/jwks.json`);
  const keys = tellingApart(createRemoteJWKSet(jwksUrl, { cooldownDuration: COOLDOWN_MS }));
  return {
    async verify(token) {
      if (token === undefined || token.length === 0)
        throw new PrincipalError('missing_token', 'the request has no Trivium-Principal');
      // Node joins fields of the same name; none of the results is a token.
      if (typeof token !== 'string')
        throw new PrincipalError('malformed_token', 'it was sent more than once');
      const { payload } = await jwtVerify(token, keys, {
        // Named here, never taken from the token (RFC 8725 section 3.1).
        algorithms: ['ES256'],
        typ: 'principal+jwt',
        issuer,
        audience,
        requiredClaims: ['iat', 'exp'],
        clockTolerance: clockToleranceSeconds,
      }).catch((error: unknown) => {
        throw refusalOf(error);
      });
      return principalFrom(payload);
    },
  };
}

/** Whether keys could not be fetched, or the token names none of them, has the same type of error otherwise. */
function tellingApart(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (cause) {
      if (isAboutToken(cause)) throw cause;
      throw new PrincipalError('keys_unavailable', "Trivium's keys cannot be fetched", { cause });
    }
  };
}

const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

const CLAIM_CODES = new Map<string, PrincipalErrorCode>([
  ['iss', 'wrong_issuer'],
  ['aud', 'wrong_audience'],
  ['typ', 'wrong_type'],
]);

function refusalOf(error: unknown): PrincipalError {
  if (error instanceof PrincipalError) return error;
  return new PrincipalError(codeOf(error), `it was refused: ${reasonOf(error)}`, { cause: error });
}

function codeOf(error: unknown): PrincipalErrorCode {
  if (error instanceof errors.JWTExpired) return 'expired_token';
  if (error instanceof errors.JWTClaimValidationFailed)
    return CLAIM_CODES.get(error.claim) ?? 'invalid_claims';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'wrong_algorithm';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong_signature';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'unknown_key';
  return 'malformed_token';
}

/** jose's code and the claim's name; its messages may quote. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed)
    return `${error.code} ${error.claim}`;
  return error instanceof errors.JOSEError ? error.code : 'it is not a JWT';
}
