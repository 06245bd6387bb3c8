/** What the workers may do, as their own token says. */
import { isRecord } from '../json.ts';

/** The token is ours, so that its signature does not matter. @returns its scopes; undefined when it does not show them */
export function scopesInToken(token: string): ReadonlySet<string> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (!isRecord(claims) || typeof claims['scope'] !== 'string') return undefined;
    return new Set(claims['scope'].split(' '));
  } catch {
    return undefined;
  }
}
