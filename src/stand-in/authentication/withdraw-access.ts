import type { Artifact } from '../store/records.ts';
import { artifactKey, type Store } from '../store/store.ts';
import { ORGANIZATION_OF_GRANT } from './sign-in-grant.ts';
import { resourceOf } from './resource-names.ts';

/** Selects tokens: all given criteria must match. */
export interface Withdrawn {
  userId?: string;
  clientId?: string;
  audience?: string;
  /** With an audience: of sign-ins to this organization; left out: of sign-ins without one. */
  organizationId?: string | undefined;
}

/**
 * Ends sessions, codes and refresh tokens. With an audience, only those issued for it.
 * Access tokens remain valid until they expire (Auth0 docs, "Revoke access to APIs").
 */
export function withdrawAccess(
  store: Store,
  { userId, clientId, audience, organizationId }: Withdrawn,
): void {
  const resource = audience === undefined ? undefined : resourceOf(audience);
  const candidates = userId === undefined ? store.artifacts.values() : store.artifacts.by('account', userId);
  // Look up all before any of them is removed.
  const each = [...candidates].map(
    (artifact) => [artifact, audience === undefined ? undefined : organizationIdOf(store, artifact)] as const,
  );
  for (const [artifact, organization] of each) {
    const { payload } = artifact;
    if (clientId !== undefined && payload['clientId'] !== clientId) continue;
    if (resource !== undefined && !(concerns(payload, resource) && organization === organizationId)) continue;
    store.artifacts.delete(artifactKey(artifact));
  }
}

function organizationIdOf(store: Store, { model, payload }: Artifact): unknown {
  const { grantId } = payload;
  if (model === 'Grant' || typeof grantId !== 'string') return payload[ORGANIZATION_OF_GRANT];
  return store.artifacts.get(artifactKey({ model: 'Grant', id: grantId }))?.payload[ORGANIZATION_OF_GRANT];
}

function concerns(payload: Record<string, unknown>, resource: string): boolean {
  const resources = payload['resources'] as Record<string, string> | undefined;
  return (
    [payload['resource']].flat().includes(resource) || (resources !== undefined && resource in resources)
  );
}
