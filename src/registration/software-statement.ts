/**
 * Verifies software statements (RFC 7591 section 2.3): a JWT in which a trusted party asserts metadata of an app. The issuer is looked up
 * in the configuration; the key comes from the issuer's JWK set, never from the token.
 */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { structureFault } from '../contract/json-structure.ts';
import { Problem } from '../problem.ts';
import type { StatementIssuer } from '../registration-settings.ts';

export interface SoftwareStatement {
  issuer: string;
  /** Client metadata that it asserts: they take precedence over the plain ones. */
  claims: Record<string, unknown>;
}

export interface SoftwareStatements {
  /** @throws Problem `invalid_software_statement`, `unapproved_software_statement`; `authority_unavailable` when the issuer's keys cannot be fetched */
  verify(statement: string): Promise<SoftwareStatement>;
}

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** Claims of the JWT itself, and members that cannot be asserted. */
const NOT_METADATA = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'software_statement',
  'client_id',
  'client_secret',
]);

/** @param audiences a statement that names an audience must name one of these */
export function createSoftwareStatements(
  issuers: readonly StatementIssuer[],
  audiences: readonly string[],
  clockToleranceSeconds: number,
): SoftwareStatements {
  const keysOf = new Map<string, JWTVerifyGetKey>(
    issuers.map(({ issuer, jwks, jwks_uri = '' }) => [
      issuer,
      jwks ? createLocalJWKSet(jwks) : createRemoteJWKSet(new URL(jwks_uri)),
    ]),
  );

  return {
    async verify(statement) {
      const issuer = issuerOf(statement);
      const keys = keysOf.get(issuer);
      if (!keys)
        throw new Problem('unapproved_software_statement', { detail: 'Its issuer is not trusted here.' });
      let payload: JWTPayload;
      try {
        const options = { issuer, algorithms: ALGORITHMS, clockTolerance: clockToleranceSeconds };
        ({ payload } = await jwtVerify(statement, keys, options));
      } catch (cause) {
        if (cause instanceof errors.JWKSTimeout || cause instanceof TypeError)
          throw new Problem('authority_unavailable', { headers: { 'Retry-After': '30' }, cause });
        throw invalid('Its signature or its claims are not valid.', cause);
      }
      const wrong = structureFault(payload);
      if (wrong !== undefined) throw invalid(`It ${wrong}.`);
      const named = payload.aud === undefined ? [] : [payload.aud].flat();
      if (named.length > 0 && !named.some((one) => audiences.includes(one)))
        throw invalid('Its audience (aud) is another server.');
      return {
        issuer,
        claims: Object.fromEntries(Object.entries(payload).filter(([name]) => !NOT_METADATA.has(name))),
      };
    },
  };
}

function issuerOf(statement: string): string {
  let issuer: unknown;
  try {
    issuer = decodeJwt(statement).iss;
  } catch (cause) {
    throw invalid('It is not a JWT.', cause);
  }
  if (typeof issuer !== 'string') throw invalid('It has no issuer (iss).');
  return issuer;
}

function invalid(detail: string, cause?: unknown): Problem {
  return new Problem('invalid_software_statement', { detail, cause });
}
