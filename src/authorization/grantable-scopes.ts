/** What a caller may hand on to an API key that it makes: never more than it may do itself. */
import type { Principal } from '../principal.ts';

export function grantableScopes({ kind, scopes }: Principal): ReadonlySet<string> {
  return new Set(kind === 'app' ? [] : scopes);
}
