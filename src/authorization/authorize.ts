/** May this principal call this operation? Pure: from the contract and the principal, nothing else. */
import type { OperationDescription, SchemeName } from '../contract/load-contract.ts';
import { Problem } from '../problem.ts';
import type { OperatorPrincipal, Principal } from '../principal.ts';

const schemeOf: Record<(Principal | OperatorPrincipal)['kind'], SchemeName> = {
  user: 'user',
  tenant: 'apiKey',
  app: 'app',
  operator: 'operator',
};

/**
 * @param path the path's parameters
 * @throws Problem `caller_not_allowed`, `insufficient_scope`, `insufficient_role`
 */
export function authorize(
  operation: OperationDescription,
  principal: Principal | OperatorPrincipal,
  path: Readonly<Record<string, string>>,
): void {
  const scopes = operation.security.get(schemeOf[principal.kind]);
  if (!scopes) throw new Problem('caller_not_allowed');
  if (!scopes.every((scope) => principal.scopes.includes(scope))) {
    throw new Problem('insufficient_scope', { scopes: [...scopes] });
  }
  if (principal.kind === 'tenant' || principal.kind === 'operator' || !operation.roles) return;
  // An app never exceeds its user (invariant 2): the user's own roles are asked for, whatever its scopes are.
  const aboutItself = operation.self !== undefined && path[operation.self] === principal.userId;
  if (!aboutItself && !operation.roles.some((role) => principal.roles.includes(role))) {
    throw new Problem('insufficient_role');
  }
}
