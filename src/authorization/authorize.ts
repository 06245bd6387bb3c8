/** Whether a principal may call an operation. Pure: depends on the contract and the principal only. */
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
  service: 'service',
  authority: 'eventStream',
};

/**
 * @param path path parameters
 * @throws Problem `caller_not_allowed`, `insufficient_scope`, `insufficient_role`
 */
export function authorize(
  operation: OperationDescription,
  principal: AnyPrincipal,
  path: Readonly<Record<string, string>>,
): void {
  const needed = operation.security.get(schemeOf[principal.kind]);
  if (!needed) throw new Problem('caller_not_allowed', { internal: `it is not for ${principal.kind}` });
  if (!('roles' in principal)) return refuseLacking('insufficient_scope', needed, principal.scopes);
  // An app exceeds neither its consent nor its user (invariant 2). Operations on oneself need no role.
  if (principal.kind === 'app') refuseLacking('insufficient_scope', needed, principal.grantedScopes);
  const isOwn = operation.self !== undefined && path[operation.self] === principal.userId;
  if (!isOwn) refuseLacking('insufficient_role', needed, principal.scopes);
}

function refuseLacking(
  code: 'insufficient_scope' | 'insufficient_role',
  needed: readonly string[],
  held: readonly string[],
): void {
  if (needed.some((scope) => !held.includes(scope))) throw new Problem(code, { scopes: [...needed] });
}

/**
 * Whether a principal may call an operation for some resource: operations on oneself count with oneself as the resource. Operations that
 * need no credential are left out.
 */
export function mayCall(operation: OperationDescription, principal: AnyPrincipal): boolean {
  if (operation.isOpen) return false;
  const own = operation.self !== undefined && 'userId' in principal ? principal.userId : undefined;
  const path = own === undefined ? {} : { [operation.self!]: own };
  try {
    authorize(operation, principal, path);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
