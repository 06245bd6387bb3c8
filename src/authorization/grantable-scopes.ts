/** The scopes a caller may grant to an API key that it creates: never more than its own. */
import type { Principal } from '../principal.ts';

export function grantableScopes({ kind, scopes }: Principal): ReadonlySet<string> {
  return new Set(kind === 'app' ? [] : scopes);
}
