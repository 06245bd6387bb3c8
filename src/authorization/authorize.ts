/** May this principal call this operation? Pure: from the contract and the principal, nothing else. */
import type { OperationDescription, SchemeName } from '../contract/load-contract.ts';
import { Problem } from '../problem.ts';
import type { AnyPrincipal } from '../principal.ts';

const schemeOf: Record<AnyPrincipal['kind'], SchemeName> = {
  user: 'user',
  tenant: 'apiKey',
  app: 'app',
  operator: 'operator',
  registrant: 'initialAccessToken',
  registration: 'registrationToken',
};

/**
 * @param path the path's parameters
 * @throws Problem `caller_not_allowed`, `insufficient_scope`, `insufficient_role`
 */
export function authorize(
  operation: OperationDescription,
  principal: AnyPrincipal,
  path: Readonly<Record<string, string>>,
): void {
  const scopes = operation.security.get(schemeOf[principal.kind]);
  if (!scopes) throw new Problem('caller_not_allowed');
  const held: readonly string[] = principal.scopes;
  if (!scopes.every((scope) => held.includes(scope))) {
    throw new Problem('insufficient_scope', { scopes: [...scopes] });
  }
  if (!('roles' in principal) || !operation.roles) return;
  // An app never exceeds its user (invariant 2): the user's own roles are asked for, whatever its scopes are.
  const aboutItself = operation.self !== undefined && path[operation.self] === principal.userId;
  if (!aboutItself && !operation.roles.some((role) => principal.roles.includes(role))) {
    throw new Problem('insufficient_role');
  }
}
