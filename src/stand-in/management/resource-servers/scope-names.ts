import type { ResourceServer } from '../../store/records.ts';

/** The API's scopes; empty if it has none, or does not exist. */
export function scopeNames(server: ResourceServer | undefined): string[] {
  return (server?.scopes ?? []).map(({ value }) => value);
}
