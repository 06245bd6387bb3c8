/**
 * What the account's post-login Action does beside its claims: at an application that customers share
 * (`client_metadata.kind: shared_web_app`), it denies users who belong to none of them.
 */
import type { Client, Organization, UserProfile } from '../store/records.ts';
import { OAuthError } from './oauth-error.ts';

const REASON = 'Your account belongs to no company here. Ask your administrator to add you.';

/** The tenant that Actions find: that of the organization, else the user's own. */
export function tenantInEvent(user: UserProfile, organization: Organization | undefined): unknown {
  return organization?.metadata?.['tenant_id'] ?? user.app_metadata?.['tenant_id'];
}

export function isDenied(client: Client, user: UserProfile, organization: Organization | undefined): boolean {
  const tenantId = tenantInEvent(user, organization);
  const hasTenant = typeof tenantId === 'string' && tenantId !== '';
  return client.client_metadata?.['kind'] === 'shared_web_app' && !hasTenant;
}

/** @throws OAuthError as `api.access.deny(reason)` ends a sign-in (Auth0 docs, "Actions triggers: post-login") */
export function denyWithoutTenant(
  client: Client,
  user: UserProfile,
  organization: Organization | undefined,
): void {
  if (isDenied(client, user, organization)) throw new OAuthError(403, 'access_denied', REASON);
}
