/**
 * The account's post-login Action (docs/auth0-account.md): the claims of a user's tokens. At an application that customers share
 * (`client_metadata.kind: shared_web_app`), it denies users who belong to none of them. Who signs in to an organization as a guest, a user
 * of another customer or of none, gets a mark of that organization, a first-level member of `app_metadata` named by its id: Auth0 merges
 * changes there, so that organizations never overwrite each other's. A mark names its customer, too, and counts for no other. A refresh makes
 * no mark: a guest without one was removed, and is denied.
 */
import type { Client, Metadata, Organization, StoredUser, UserProfile } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { OAuthError } from './oauth-error.ts';

const REASON = 'Your account belongs to no company here. Ask your administrator to add you.';

/** The tenant is that of `event.organization`, or the user's own in a sign-in without one; roles are those in that tenant. */
export function claimsFor(
  { app_metadata: own }: UserProfile,
  organization: Organization | undefined,
): { tenantId: string | undefined; roles: unknown } {
  const tenantId = tenantNamedBy(organization ? organization.metadata : own);
  const mark = organization && markOf(own, organization);
  const atHome = tenantId !== undefined && own?.['tenant_id'] === tenantId;
  return { tenantId, roles: (mark ? mark['roles'] : atHome && own?.['roles']) || [] };
}

function tenantNamedBy(metadata: Metadata | undefined): string | undefined {
  const named = metadata?.['tenant_id'];
  return typeof named === 'string' && named !== '' ? named : undefined;
}

/** @param isRefresh `event.transaction.protocol` is `oauth2-refresh-token` */
export function isDenied(
  client: Client,
  user: UserProfile,
  organization: Organization | undefined,
  isRefresh: boolean,
): boolean {
  const { tenantId } = claimsFor(user, organization);
  if (tenantId === undefined) return client.client_metadata?.['kind'] === 'shared_web_app';
  return isRefresh && organization !== undefined && isGuest(user, organization);
}

/** @throws OAuthError as `api.access.deny(reason)` ends a sign-in (Auth0 docs, "Actions triggers: post-login") */
export function runPostLogin(
  store: Store,
  client: Client,
  user: StoredUser,
  organization: Organization | undefined,
  now: number,
): void {
  if (isDenied(client, user.profile, organization, false)) throw new OAuthError(403, 'access_denied', REASON);
  if (organization && isGuest(user.profile, organization))
    setAppMetadata(store, user, { [organization.id]: newMark(organization) }, now);
}

const newMark = ({ metadata }: Organization): Metadata => ({ tenant_id: tenantNamedBy(metadata), roles: [] });

/** Without a mark yet, and with a home elsewhere or nowhere. */
function isGuest({ app_metadata: own }: UserProfile, organization: Organization): boolean {
  const tenantId = tenantNamedBy(organization.metadata);
  return tenantId !== undefined && own?.['tenant_id'] !== tenantId && !markOf(own, organization);
}

function markOf(own: Metadata | undefined, { id, metadata }: Organization): Metadata | undefined {
  const tenantId = tenantNamedBy(metadata);
  const found = tenantId === undefined ? undefined : own?.[id];
  const isMark = typeof found === 'object' && found !== null && !Array.isArray(found);
  return isMark && (found as Metadata)['tenant_id'] === tenantId ? (found as Metadata) : undefined;
}

/** As `api.user.setAppMetadata` does it: at the end of the sign-in, and of nothing that Actions find in it. */
function setAppMetadata(store: Store, user: StoredUser, changes: Metadata, now: number): void {
  const { profile } = user;
  const app_metadata = { ...profile.app_metadata, ...changes };
  store.users.put({
    ...user,
    profile: { ...profile, app_metadata, updated_at: new Date(now).toISOString() },
  });
}
