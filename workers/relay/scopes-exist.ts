/**
 * A key gets no scope that the API at the authority lacks: Auth0 would grant it, and issue tokens without it. Where the
 * workers may not read the API, nothing is known, and nothing refused. An API that loses a scope between this check and
 * the grant is no fault: the grant is then as wide as the key's entry, and its tokens have what the API has.
 */
import type { ScopesOfApi } from '../../src/auth0/api-scopes.ts';
import type { Management } from '../../src/auth0/management.ts';
import { Problem } from '../../src/problem.ts';

interface Context {
  management: Pick<Management, 'missingScopes'>;
  audience: string;
}

/** @throws Problem `scope_not_available` */
export async function checkScopesExist(
  { management, audience }: Context,
  scopes: readonly string[],
): Promise<void> {
  const missing = await management.missingScopes(audience, scopes);
  if (missing.length > 0) throw notAvailable(missing);
}

/**
 * @param known what the API has
 * @returns of a default set, those that the API has; else all
 * @throws Problem `scope_not_available`: it lacks one that was asked for, or all of the default set
 */
export function existingScopes(
  known: ScopesOfApi,
  { scopes, areDefault = false }: { scopes: readonly string[]; areDefault?: boolean },
): string[] {
  const missing = scopes.filter((scope) => known?.has(scope) === false);
  const existing = scopes.filter((scope) => !missing.includes(scope));
  if (areDefault ? existing.length === 0 : missing.length > 0) throw notAvailable(missing);
  return existing;
}

const notAvailable = (scopes: readonly string[]): Problem =>
  new Problem('scope_not_available', { scopes: [...scopes] });
