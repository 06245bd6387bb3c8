import type { Principal } from './principal.ts';
import { PrincipalError } from './principal-error.ts';

/**
 * For what depends on more than the operation: Trivium has checked the scopes that the operation is opened with.
 * @throws PrincipalError `insufficient_scope` unless the principal has all of them
 */
export function requireScopes({ scopes }: Principal, ...required: readonly string[]): void {
  const missing = required.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) throw new PrincipalError('insufficient_scope', `it needs ${missing.join(' ')}`);
}
