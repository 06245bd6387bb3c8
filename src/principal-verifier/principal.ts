/** Who calls, from the claims of a verified token. */
import type { JWTPayload } from 'jose';
import { PrincipalError } from './principal-error.ts';

interface Caller {
  /** Never read or write data of another tenant. */
  readonly tenantId: string;
  /** The client that the credential was issued to: single-page app, API key, or third-party app. */
  readonly clientId: string;
  /** What the caller may do now: of a user by its roles, of an app what the user consented to and may do, too. */
  readonly scopes: readonly string[];
  /** The operationId that Trivium matched the request to. */
  readonly operation: string;
}

/** A user in the tenant's single-page app. */
export interface UserPrincipal extends Caller {
  readonly kind: 'user';
  readonly userId: string;
  readonly roles: readonly string[];
}

/** A tenant's back end, with an API key. */
export interface TenantPrincipal extends Caller {
  readonly kind: 'tenant';
}

/** A third-party app that acts for a user. */
export interface AppPrincipal extends Caller {
  readonly kind: 'app';
  readonly userId: string;
  /** Of the user. */
  readonly roles: readonly string[];
}

export type Principal = UserPrincipal | TenantPrincipal | AppPrincipal;

/** Those that a verifier returned. */
const verified = new WeakSet<object>();

/** @throws PrincipalError `invalid_claims` */
export function principalFrom(claims: JWTPayload): Principal {
  const principal = Object.freeze(read(claims));
  verified.add(principal);
  return principal;
}

/**
 * The principal that a middleware has set.
 * @param carrier `ctx.state` of Koa, the request of Express or Fastify
 * @throws Error when no middleware ran
 */
export function principalOf(carrier: object): Principal {
  const found = 'principal' in carrier ? carrier.principal : undefined;
  if (isVerified(found)) return found;
  throw new Error('there is no verified principal: add the middleware before this handler');
}

const isVerified = (value: unknown): value is Principal =>
  typeof value === 'object' && value !== null && verified.has(value);

function read(claims: JWTPayload): Principal {
  const caller = {
    tenantId: text(claims, 'tenant_id'),
    clientId: text(claims, 'client_id'),
    scopes: texts(claims, 'scopes'),
    operation: text(claims, 'operation'),
  };
  const { kind } = claims;
  if (kind === 'tenant') return { kind, ...caller };
  if (kind !== 'user' && kind !== 'app') throw invalid('kind');
  if (kind === 'app' && actorOf(claims) !== caller.clientId) throw invalid('act');
  return { kind, ...caller, userId: text(claims, 'sub'), roles: texts(claims, 'roles') };
}

/** RFC 8693 section 4.1. */
function actorOf({ act }: JWTPayload): unknown {
  return typeof act === 'object' && act !== null && 'sub' in act ? act.sub : undefined;
}

function text(claims: JWTPayload, name: string): string {
  const value = claims[name];
  if (typeof value !== 'string' || value === '') throw invalid(name);
  return value;
}

function texts(claims: JWTPayload, name: string): readonly string[] {
  const value = claims[name];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw invalid(name);
  return Object.freeze(value);
}

const invalid = (claim: string): PrincipalError =>
  new PrincipalError('invalid_claims', `the claim ${claim} is missing or has another form`);
