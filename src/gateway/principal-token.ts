/**
 * What a service receives as `Trivium-Principal`: who calls, as a JWT (RFC 7519) of the type `principal+jwt`. Its
 * claims: `iss` (our public URL), `aud` (the service's name), `iat`, `exp`, `kind` (`user`, `tenant`, `app`),
 * `tenant_id`, `client_id`, `sub` (the user; for an API key the client), `scopes`, `roles` (of a user, and of the user
 * of an app), `act` (RFC 8693 section 4.1: the app that acts for the user `sub`), `operation` (the service's own
 * operationId), `request_id`. There is no `jti`, for `request_id` is as unique.
 */
import { sign } from 'node:crypto';
import { membersOf } from '../log.ts';
import type { Principal } from '../principal.ts';
import { redisNow } from '../redis/clock.ts';
import type { ServiceOperation } from './service.ts';
import type { SigningKey } from './signing-key.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The field that carries the token. */
export const PRINCIPAL_FIELD = 'Trivium-Principal';
export const PRINCIPAL_TYPE = 'principal+jwt';
/** Long enough for a service that is busy, short enough that a token from its log is worthless. */
export const PRINCIPAL_TOKEN_SECONDS = 60;

export interface PrincipalTokens {
  /** For one request to one operation. @returns the token in compact form (RFC 7515 section 7.1) */
  issue(principal: Principal, operation: ServiceOperation, requestId: string): string;
}

/**
 * Signs synchronously: it costs less than handing the work to a thread. Texts that stay the same are made once for each
 * key, operation and principal; principals are kept as long as their credential is remembered.
 * @param issuer our public URL
 */
export function createPrincipalTokens(keys: Pick<SigningKeys, 'current'>, issuer: string): PrincipalTokens {
  const headerOf = perObject(headerText);
  const callerClaims = perObject(callerText);
  const operationClaims = perObject((operation: ServiceOperation) =>
    membersOf({ iss: issuer, aud: operation.service.name, operation: operation.operationId }),
  );
  return {
    issue(principal, operation, requestId) {
      const key = keys.current();
      const iat = Math.floor(redisNow() / 1000);
      const own = `"request_id":${JSON.stringify(requestId)},"iat":${iat},"exp":${iat + PRINCIPAL_TOKEN_SECONDS}`;
      const claims = `{${operationClaims(operation)},${callerClaims(principal)},${own}}`;
      const input = `${headerOf(key)}.${base64url(claims)}`;
      return `${input}.${sign('sha256', Buffer.from(input), key.signer).toString('base64url')}`;
    },
  };
}

const headerText = ({ kid }: SigningKey): string =>
  base64url(JSON.stringify({ alg: 'ES256', typ: PRINCIPAL_TYPE, kid }));

function callerText(principal: Principal): string {
  const { kind, tenantId: tenant_id, clientId: client_id, scopes } = principal;
  const common = { kind, tenant_id, client_id, scopes };
  if (principal.kind === 'tenant') return membersOf({ ...common, sub: client_id });
  const { userId: sub, roles } = principal;
  const act = principal.kind === 'app' ? { sub: client_id } : undefined;
  return membersOf({ ...common, sub, roles, act });
}

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** Calls `make` once for each object. */
function perObject<T extends object>(make: (of: T) => string): (of: T) => string {
  const made = new WeakMap<T, string>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    const text = make(of);
    made.set(of, text);
    return text;
  };
}
