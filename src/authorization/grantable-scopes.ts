/** What a caller may hand on to an API key that it makes: never more than it may do itself. */
import type { Contract } from '../contract/load-contract.ts';
import type { Principal } from '../principal.ts';

/** A key has its scopes; a user, who has roles, has those of the operations that one of its roles may call. */
export function grantableScopes(contract: Contract, principal: Principal): ReadonlySet<string> {
  if (principal.kind === 'tenant') return new Set(principal.scopes);
  if (principal.kind === 'app') return new Set();
  const callable = [...contract.operations.values()].filter(
    ({ security, roles }) =>
      security.has('user') && (!roles || roles.some((role) => principal.roles.includes(role))),
  );
  return new Set(callable.flatMap(({ security }) => security.get('apiKey') ?? []));
}
