/** Reads the claims of a verified payload (signature, issuer and audience are checked) into names of our own. */
import type { JWTPayload } from 'jose';
import { Problem } from '../problem.ts';
import type { Dialect } from './token-header.ts';

export interface TokenClaims {
  subject: string;
  clientId: string;
  tenantId: string | undefined;
  /** Auth0's `org_id`: the organization that the user signed in to, or that the client got the token for. Omitted: none. */
  organizationId?: string;
  roles: string[];
  /** Name of the connection, or id of the organization, whose operators the user is one of. Omitted: none. */
  operatorOf?: string;
  scopes: string[];
  /** Seconds since 1970, by the authority's clock. */
  issuedAt: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** JWK thumbprint (RFC 7638) of the key whose possession the sender must prove (RFC 9449 section 6). */
  boundTo: string | undefined;
}

interface Expected {
  /** Namespace of the custom claims. */
  audience: string;
  clockToleranceSeconds: number;
}

/** @throws Problem `invalid_token` */
export function readClaims(
  payload: JWTPayload,
  dialect: Dialect,
  { audience, clockToleranceSeconds }: Expected,
): TokenClaims {
  const now = Math.floor(Date.now() / 1000);
  const { exp, iat, sub } = payload;
  if (typeof exp !== 'number') throw refused('without an expiry');
  // The leeway covers an authority whose clock is ahead of ours. It does not extend a token's lifetime.
  if (exp <= now) throw refused('expired');
  if (typeof iat !== 'number') throw refused('without a time of issue');
  if (iat > now + clockToleranceSeconds) throw notValidYet();
  if (typeof sub !== 'string' || sub === '') throw refused('without a subject');
  const organizationId = payload['org_id'];
  // Anything else must not pass as a token without one.
  if (organizationId !== undefined && (typeof organizationId !== 'string' || organizationId === ''))
    throw refused('for an organization without a valid id');
  const tenantId = payload[`${audience}/tenant_id`];
  const roles = payload[`${audience}/roles`];
  const operatorOf = payload[`${audience}/operator_of`];
  return {
    subject: sub,
    clientId: clientOf(payload, dialect),
    tenantId: typeof tenantId === 'string' ? tenantId : undefined,
    ...(organizationId !== undefined && { organizationId }),
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    ...(typeof operatorOf === 'string' && { operatorOf }),
    scopes: typeof payload['scope'] === 'string' ? payload['scope'].split(' ').filter(Boolean) : [],
    issuedAt: iat,
    expiresAt: exp * 1000,
    boundTo: keyOf(payload),
  };
}

function clientOf({ azp, client_id, jti }: JWTPayload, dialect: Dialect): string {
  // RFC 9068 section 2.2 requires both.
  if (dialect === 'rfc9068' && typeof jti !== 'string') throw refused('without an id');
  const clientId = dialect === 'rfc9068' ? client_id : azp;
  if (typeof clientId !== 'string' || clientId === '') throw refused('without a client');
  const other = dialect === 'rfc9068' ? azp : client_id;
  if (other !== undefined && other !== clientId) throw refused('issued to two clients');
  return clientId;
}

/**
 * RFC 7800. A confirmation method that is not supported here (a client certificate) must not pass as an unbound token.
 */
function keyOf({ cnf }: JWTPayload): string | undefined {
  if (cnf === undefined) return undefined;
  const { jkt, ...others }: { jkt?: unknown } = typeof cnf === 'object' && cnf !== null ? cnf : {};
  if (typeof jkt !== 'string' || Object.keys(others).length > 0)
    throw refused('bound by a method that is not supported here');
  return jkt;
}

/** Not valid yet by the clock of this process, which may be behind (`authority-clock.ts`). */
export function notValidYet(cause?: unknown): Problem {
  return new Problem('invalid_token', { detail: NOT_VALID_YET, cause });
}

/** Not the sender's fault: the token will become valid, or this machine's clock is wrong. */
export function isNotValidYet({ parts }: Problem): boolean {
  return parts.detail === NOT_VALID_YET;
}

const NOT_VALID_YET = "The token is not valid yet: by this server's clock, its iat or nbf is in the future.";

function refused(detail: string): Problem {
  return new Problem('invalid_token', { detail: `The token is ${detail}.` });
}
