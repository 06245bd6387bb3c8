/**
 * What a service receives as `Trivium-Principal`: who calls, as a JWT (RFC 7519) of the type `principal+jwt`. Its
 * claims: `iss` (our public URL), `aud` (the service's name), `iat`, `exp`, `kind` (`user`, `tenant`, `app`),
 * `tenant_id`, `client_id`, `sub` (the user; for an API key the client), `scopes` (those
 * of the caller that operations of the service are opened with), `roles` (of a user, and of the user
 * of an app), `act` (RFC 8693 section 4.1: the app that acts for the user `sub`), `operation` (the service's own
 * operationId).
 */
import { sign } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Principal } from '../principal.ts';
import { redisNow } from '../redis/clock.ts';
import { scopesOf, type ServiceOperation } from './service.ts';
import type { SigningKey } from './signing-key.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The field that carries the token. */
export const PRINCIPAL_FIELD = 'Trivium-Principal';
export const PRINCIPAL_TYPE = 'principal+jwt';
/** Long enough for a service that is busy, short enough that a token from its log is soon worthless. */
export const PRINCIPAL_TOKEN_SECONDS = 60;
/**
 * A token is sent with every request of its principal to its operation for so long: signing costs 33 µs of the
 * processor's time, using it again 0.5 µs. Therefore no claim is of one request; its id is in `X-Request-Id`.
 */
const REUSED_SECONDS = 30;
/** Of about a kilobyte each; others are signed anew. */
const KEPT_TOKENS = 10_000;

export interface PrincipalTokens {
  /** @returns a token in compact form (RFC 7515 section 7.1), valid for 30 seconds at least */
  issue(principal: Principal, operation: ServiceOperation): string;
}

interface Issued {
  token: string;
  kid: string;
  /** Seconds since 1970. */
  iat: number;
}

/**
 * Signs synchronously: a thread would cost the request as much again. Tokens are kept by the identity of the principal
 * object, which changes with whatever a principal may do.
 * @param issuer our public URL
 * @param now ms since 1970
 */
export function createPrincipalTokens(
  keys: Pick<SigningKeys, 'current'>,
  issuer: string,
  now: () => number = redisNow,
): PrincipalTokens {
  const kept = new LRUCache<string, Issued>({ max: KEPT_TOKENS });
  const numberOf = createNumbers();

  return {
    issue(principal, operation) {
      const place = `${numberOf(principal)} ${numberOf(operation)}`;
      const key = keys.current();
      const iat = Math.floor(now() / 1000);
      const known = kept.get(place);
      if (known?.kid === key.kid && iat - known.iat < REUSED_SECONDS) return known.token;
      const claims = { iss: issuer, ...operationClaims(operation), ...callerClaims(principal, operation) };
      const token = signed({ ...claims, iat, exp: iat + PRINCIPAL_TOKEN_SECONDS }, key);
      kept.set(place, { token, kid: key.kid, iat });
      return token;
    },
  };
}

function signed(claims: object, { kid, signer }: SigningKey): string {
  const input = `${base64url({ alg: 'ES256', typ: PRINCIPAL_TYPE, kid })}.${base64url(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), signer).toString('base64url')}`;
}

const operationClaims = ({ service, operationId: operation }: ServiceOperation) => ({
  aud: service.name,
  operation,
});

function callerClaims(principal: Principal, { service }: ServiceOperation): Record<string, unknown> {
  const { kind, tenantId: tenant_id, clientId: client_id } = principal;
  const common = { kind, tenant_id, client_id, scopes: scopesOf(service, principal.scopes) };
  if (principal.kind === 'tenant') return { ...common, sub: client_id };
  const { userId: sub, roles } = principal;
  return { ...common, sub, roles, act: principal.kind === 'app' ? { sub: client_id } : undefined };
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A number for each object, as long as it lives. */
function createNumbers(): (of: object) => number {
  const numbers = new WeakMap<object, number>();
  let last = 0;
  return (of) => {
    const known = numbers.get(of);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(of, last);
    return last;
  };
}
