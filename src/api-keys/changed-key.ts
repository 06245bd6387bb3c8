/** What a change of name and scopes makes of an API key's entry in the registry. */
import { redisTimestamp } from '../redis/clock.ts';
import type { ApiKeyClient } from '../registry/clients.ts';
import type { Maker } from './maker.ts';

export interface KeyChanges {
  name?: string | undefined;
  /** All that it has afterwards. */
  scopes?: readonly string[] | undefined;
}

/** Scopes that the key gets. One without scopes in the registry has those of its grant, which only Auth0 knows: each counts as new. */
export function addedScopes(
  { scopes: had = [] }: Pick<ApiKeyClient, 'scopes'>,
  wanted: readonly string[] = [],
): string[] {
  return wanted.filter((scope) => !had.includes(scope));
}

/** In any order. */
export function sameScopes(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): boolean {
  if (!one || !other) return one === other;
  return one.length === other.length && one.every((scope) => other.includes(scope));
}

/** @returns its new entry; undefined: the change makes no difference */
export function changedKey(
  was: ApiKeyClient,
  { name = was.name, scopes }: KeyChanges,
  by: Maker,
): ApiKeyClient | undefined {
  const isRescoped = scopes !== undefined && !sameScopes(scopes, was.scopes);
  if (!isRescoped) return name === was.name ? undefined : { ...was, name };
  const to: ApiKeyClient = { ...was, name, scopes: [...scopes] };
  const keepsAll = was.scopes?.every((scope) => scopes.includes(scope)) === true;
  // What a key requests itself, this change included, is not withdrawn by it.
  if (!keepsAll && !isByItself(was, by)) to.narrowed_at = redisTimestamp();
  return to;
}

const isByItself = ({ client_id }: ApiKeyClient, by: Maker) => by.kind === 'tenant' && by.id === client_id;
