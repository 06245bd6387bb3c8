import { artifactKey, type Store } from '../store/store.ts';
import { resourceOf } from './resource-names.ts';

/** Whose tokens: all of the named ones have to fit. */
export interface Withdrawn {
  userId?: string;
  clientId?: string;
  audience?: string;
}

/**
 * Ends sessions, codes and refresh tokens. With an audience, only those issued for it.
 * Access tokens that are out already stay good until they expire (Auth0 docs, "Revoke access to APIs").
 */
export function withdrawAccess(store: Store, { userId, clientId, audience }: Withdrawn): void {
  const resource = audience === undefined ? undefined : resourceOf(audience);
  const candidates = userId === undefined ? store.artifacts.values() : store.artifacts.by('account', userId);
  for (const artifact of [...candidates]) {
    const { payload } = artifact;
    if (clientId !== undefined && payload['clientId'] !== clientId) continue;
    if (resource !== undefined && !concerns(payload, resource)) continue;
    store.artifacts.delete(artifactKey(artifact));
  }
}

function concerns(payload: Record<string, unknown>, resource: string): boolean {
  const resources = payload['resources'] as Record<string, string> | undefined;
  return (
    [payload['resource']].flat().includes(resource) || (resources !== undefined && resource in resources)
  );
}
