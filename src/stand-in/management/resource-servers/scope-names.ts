import type { ResourceServer } from '../../store/records.ts';

/** What can be asked for at this API; nothing where it was made without scopes, or is not there. */
export function scopeNames(server: ResourceServer | undefined): string[] {
  return (server?.scopes ?? []).map(({ value }) => value);
}
