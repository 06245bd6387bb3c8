import type { UnknownObject } from 'oidc-provider';
import { addMember, membershipOf, organizationsOf } from '../management/organizations/memberships.ts';
import { tenantSettings } from '../management/tenant-settings/tenant-settings.ts';
import type { Client, Connection, Organization, StoredUser } from '../store/records.ts';
import { inOrganization, type Store } from '../store/store.ts';
import { connectionsOf } from './accounts.ts';
import { isThirdParty } from './client-traits.ts';
import { OAuthError } from './oauth-error.ts';

/** Stands for signing in without an organization. No organization has this id. */
export const PERSONAL = '-';

/** Auth0 docs, "Define organization behavior": how users of an application get to an organization if the request names none. */
export function asksBeforeLogin(client: Client): boolean {
  return (
    client['organization_usage'] === 'require' &&
    client['organization_require_behavior'] === 'pre_login_prompt'
  );
}

export function asksAfterLogin(client: Client): boolean {
  return (
    ['require', 'allow'].includes(client['organization_usage'] as string) &&
    client['organization_require_behavior'] === 'post_login_prompt'
  );
}

/** Names are accepted if the account allows it ("Use organization names in the Authentication API"); they are lower case. */
export function organizationNamed(store: Store, text: string): Organization | undefined {
  if (text.startsWith('org_')) return store.organizations.get(text);
  if (tenantSettings(store)['allow_organization_name_in_authentication_api'] !== true) return undefined;
  return store.organizations.first('name', text.toLowerCase());
}

/**
 * The `organization` of a sign-in request, by its id; undefined if there is none.
 * @throws OAuthError with texts from public reports: "… is required for this client" (remix-auth-auth0#75), "… is not allowed for this
 * client"; "… is invalid: {organization}" is documented ("Troubleshoot third-party applications"), for organizations that block third parties
 */
export function requestedOrganization(
  store: Store,
  client: Client,
  text: string | undefined,
): string | undefined {
  if (text === undefined || text === '') {
    const { organization_usage: usage, organization_require_behavior: behavior } = client;
    if (usage === 'require' && !['pre_login_prompt', 'post_login_prompt'].includes(behavior as string))
      throw refused('parameter organization is required for this client');
    return undefined;
  }
  // Auth0's default is deny. That it applies to third parties, too, is guessed.
  if (!['allow', 'require'].includes(client['organization_usage'] as string))
    throw refused('parameter organization is not allowed for this client');
  const organization = organizationNamed(store, text);
  if (!organization || !isOpenTo(store, organization, client))
    throw refused(`parameter organization is invalid: ${text}`);
  if (connectionsIn(store, client, organization.id).length > 0) return organization.id;
  // Documented for third parties in kind; the text for others is guessed.
  if (isThirdParty(client)) throw refused(`parameter organization is invalid: ${text}`);
  throw new OAuthError(403, 'access_denied', 'no connections enabled for the organization');
}

function refused(description: string): OAuthError {
  return new OAuthError(400, 'invalid_request', description);
}

/** Auth0 docs, "Grant per-application access to an organization" and "Enable third-party application access for an organization". */
function isOpenTo(store: Store, organization: Organization, client: Client): boolean {
  const { id, is_app_entitlement_active: isByName, third_party_client_access: access } = organization;
  const entry = isByName ? store.organizationClients.get(inOrganization(id, client.client_id)) : undefined;
  if (entry) return entry.use_for_member_access;
  return isThirdParty(client) ? access === 'allow' : !isByName;
}

/**
 * Connections that both the organization and the application have. Documented for third parties; reports on first-party applications
 * differ (agent-skills#202), and enabling both works in either case.
 */
export function connectionsIn(store: Store, client: Client, organizationId: string): Connection[] {
  return connectionsOf(store, client).filter(({ id }) =>
    store.organizationConnections.has(inOrganization(organizationId, id)),
  );
}

/** The user's organizations that this application can use, in the order of joining. */
export function organizationsFor(
  store: Store,
  client: Client,
  { connection, profile }: StoredUser,
): Organization[] {
  return organizationsOf(store, profile.user_id).filter(
    (organization) =>
      isOpenTo(store, organization, client) &&
      connectionsIn(store, client, organization.id).some(({ name }) => name === connection),
  );
}

type Params = UnknownObject | undefined;

/** The organization of a sign-in: as requested or chosen, or the only one if one is required. */
export function organizationOf(
  store: Store,
  client: Client,
  params: Params,
  user: StoredUser | undefined,
): Organization | undefined {
  const named = params?.['organization'];
  if (typeof named === 'string') return store.organizations.get(named);
  if (!user || !asksAfterLogin(client) || client['organization_usage'] !== 'require') return undefined;
  const joined = organizationsFor(store, client, user);
  return joined.length === 1 ? joined[0] : undefined;
}

/** Whether the user has to choose. With the option to sign in without one, that is always so if there is a choice. */
export function hasToChoose(store: Store, client: Client, params: Params, user: StoredUser): boolean {
  if (params?.['organization'] !== undefined || !asksAfterLogin(client)) return false;
  const { length } = organizationsFor(store, client, user);
  return client['organization_usage'] === 'require' ? length > 1 : length > 0;
}

/**
 * Admits members, and adds users as members where a connection or an invitation does so.
 * @throws OAuthError for others, with texts from public reports: not a member of this one, and of none (nextjs-auth0#2204)
 */
export function admitToOrganization(
  store: Store,
  client: Client,
  params: Params,
  user: StoredUser,
  now: number,
): void {
  const { user_id: userId } = user.profile;
  const organization = organizationOf(store, client, params, user);
  if (!organization) {
    const isNeeded = client['organization_usage'] === 'require' && asksAfterLogin(client);
    if (isNeeded && organizationsFor(store, client, user).length === 0)
      throw refused('client requires organization membership, but user does not belong to any organization');
    return;
  }
  if (membershipOf(store, organization.id, userId)) return;
  if (
    !acceptInvitation(store, organization.id, params, user, now) &&
    !isJoinedByLogin(store, organization.id, user)
  )
    throw new OAuthError(
      403,
      'access_denied',
      `user ${userId} is not part of the ${organization.id} organization`,
    );
  addMember(store, organization.id, userId, now);
}

/** `assign_membership_on_login` of the user's connection. */
function isJoinedByLogin(store: Store, organizationId: string, { connection }: StoredUser): boolean {
  const id = store.connections.first('name', connection)?.id ?? '';
  return (
    store.organizationConnections.get(inOrganization(organizationId, id))?.assign_membership_on_login === true
  );
}

/** Auth0 docs, "Configure login flows": without an organization, if exactly one adds users of the connection as members. */
export function joinOnlyOne(
  store: Store,
  client: Client,
  params: Params,
  user: StoredUser,
  now: number,
): void {
  if (params?.['organization'] !== undefined || !asksAfterLogin(client)) return;
  const id = store.connections.first('name', user.connection)?.id ?? '';
  const joining = [...store.organizationConnections.by('connection', id)].filter(
    (one) => one.assign_membership_on_login,
  );
  const [only] = joining;
  if (!only || joining.length > 1 || membershipOf(store, only.organization_id, user.profile.user_id)) return;
  addMember(store, only.organization_id, user.profile.user_id, now);
}

/** Can be used once, by the user with the invited email address (Auth0 docs, "Send membership invitations"). */
function acceptInvitation(
  store: Store,
  organizationId: string,
  params: Params,
  { profile }: StoredUser,
  now: number,
): boolean {
  const ticket = params?.['invitation'];
  const invitation = typeof ticket === 'string' ? store.invitations.first('ticket', ticket) : undefined;
  if (
    invitation?.organization_id !== organizationId ||
    Date.parse(invitation.expires_at) <= now ||
    invitation.invitee.email.toLowerCase() !== profile.email
  )
    return false;
  store.invitations.delete(invitation.id);
  addMember(store, organizationId, profile.user_id, now, invitation.roles);
  return true;
}

/** Auth0 docs, "Work with tokens and organizations": `org_name` only if names may be used in requests. */
export function organizationClaims(store: Store, { id, name }: Organization): Record<string, string> {
  const showsNames = tenantSettings(store)['allow_organization_name_in_authentication_api'] === true;
  return { org_id: id, ...(showsNames && { org_name: name }) };
}

/** @throws OAuthError for an invitation that cannot be accepted any more; code documented in kind, wording guessed */
export function checkInvitation(store: Store, params: Params, ticket: string | undefined, now: number): void {
  if (ticket === undefined) return;
  const invitation = store.invitations.first('ticket', ticket);
  if (
    !invitation ||
    invitation.organization_id !== params?.['organization'] ||
    Date.parse(invitation.expires_at) <= now
  )
    throw refused('invitation not found or already used');
}
