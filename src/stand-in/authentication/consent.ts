import { objectId } from '../random-ids.ts';
import type { UserGrant } from '../store/records.ts';
import { accountKey, type Store } from '../store/store.ts';

/** Scopes that the user has granted this client for this API before. */
export function consentedScopes(
  store: Store,
  userId: string,
  clientId: string,
  audience: string,
  organizationId?: string,
): Set<string> {
  const grant = userGrant(store, userId, clientId, audience, organizationId);
  return new Set(grant?.scope ?? []);
}

export function hasConsented(
  store: Store,
  userId: string,
  clientId: string,
  audience: string,
  organizationId?: string,
): boolean {
  return userGrant(store, userId, clientId, audience, organizationId) !== undefined;
}

/**
 * Third-party applications always need consent, once; first-party ones never do (Auth0 docs, "User consent and third-party applications").
 * Extends earlier consent: one grant per user, client and API (recorded), and organization (Auth0 docs, "Consent with Organizations").
 */
export function recordConsent(
  store: Store,
  userId: string,
  clientId: string,
  audience: string,
  scopes: Iterable<string>,
  organizationId?: string,
): UserGrant {
  const before = userGrant(store, userId, clientId, audience, organizationId);
  return store.grants.put({
    user_id: userId,
    audience,
    scope: [...new Set([...(before?.scope ?? []), ...scopes])],
    clientID: clientId,
    id: before?.id ?? objectId(),
    ...(organizationId !== undefined && { organization_id: organizationId }),
  });
}

function userGrant(
  store: Store,
  userId: string,
  clientId: string,
  audience: string,
  organizationId: string | undefined,
): UserGrant | undefined {
  for (const grant of store.grants.by('userClient', accountKey(userId, clientId)))
    if (grant.audience === audience && grant.organization_id === organizationId) return grant;
  return undefined;
}
