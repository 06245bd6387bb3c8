/** Validation of a new API key beyond its schema. */
import { parseRange } from '../../addresses.ts';
import { grantableScopes } from '../../authorization/grantable-scopes.ts';
import type { Contract } from '../../contract/load-contract.ts';
import { Problem, type FieldError } from '../../problem.ts';
import type { Principal } from '../../principal.ts';
import { notInFuture } from '../in-future.ts';

interface Wanted {
  scopes?: readonly string[];
  expires_at?: string | undefined;
  allowed_addresses?: readonly string[] | undefined;
}

/** @throws Problem `invalid_body` */
export function checkNewApiKey(contract: Contract, wanted: Wanted): void {
  const errors: FieldError[] = [];
  const wrong = (pointer: string, code: string, message: string) =>
    errors.push({ in: 'body', pointer, code, message });
  wanted.scopes?.forEach((scope, index) => {
    if (!contract.scopes.includes(scope))
      wrong(`/scopes/${index}`, 'unknown_scope', 'is not a scope of this API');
  });
  wanted.allowed_addresses?.forEach((range, index) => {
    if (!parseRange(range))
      wrong(`/allowed_addresses/${index}`, 'invalid_range', 'is neither an IP address nor a CIDR range');
  });
  if (wanted.expires_at !== undefined) errors.push(...notInFuture(wanted.expires_at, '/expires_at'));
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
}

/** Callers cannot grant scopes that they do not hold. @throws Problem `insufficient_scope` */
export function checkGrantable(principal: Principal, scopes: readonly string[]): void {
  const grantable = grantableScopes(principal);
  const missing = scopes.filter((scope) => !grantable.has(scope));
  if (missing.length > 0) throw new Problem('insufficient_scope', { scopes: missing });
}

export function makerOf(principal: Principal): { kind: 'user' | 'tenant'; id: string } {
  return principal.kind === 'tenant'
    ? { kind: 'tenant', id: principal.clientId }
    : { kind: 'user', id: principal.userId };
}
