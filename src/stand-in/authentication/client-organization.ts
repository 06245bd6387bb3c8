import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Client, Organization, ResourceServer } from '../store/records.ts';
import { inOrganization, type Store } from '../store/store.ts';
import { clientGrant } from './grantable-scopes.ts';
import { OAuthError } from './oauth-error.ts';
import { organizationNamed } from './organizations.ts';

/**
 * The organization of a client credentials request: as requested, or the client's default if its grant requires one (Auth0 docs,
 * "Configure your application for M2M access" and "Authorize M2M access"). Whether the plan includes it is not checked.
 * @throws OAuthError, whose codes and texts are guessed from those of sign-ins
 */
export function organizationOfClient(
  store: Store,
  ctx: KoaContextWithOIDC,
  client: Client,
  server: ResourceServer,
): Organization | undefined {
  const grant = clientGrant(store, client, server, 'client');
  const usage = grant?.organization_usage ?? 'deny';
  const wanted = requested(ctx) ?? (usage === 'require' ? defaultOrganization(client) : undefined);
  if (wanted === undefined) {
    if (usage === 'require') throw refused('parameter organization is required for this client');
    return undefined;
  }
  if (!grant || usage === 'deny') throw refused('parameter organization is not allowed for this client');
  const organization = organizationNamed(store, wanted);
  if (!organization) throw refused(`parameter organization is invalid: ${wanted}`);
  // Third-party clients must be associated individually.
  const isAny = client.is_first_party && grant.allow_any_organization === true;
  if (!isAny && !store.organizationGrants.has(inOrganization(organization.id, grant.id)))
    throw new OAuthError(
      403,
      'access_denied',
      `Client is not authorized to access organization "${organization.id}".`,
    );
  return organization;
}

function requested({ oidc }: KoaContextWithOIDC): string | undefined {
  const text = oidc.body?.['organization'];
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function defaultOrganization(client: Client): string | undefined {
  const known = client['default_organization'] as { organization_id: string; flows: string[] } | undefined;
  return known?.flows.includes('client_credentials') ? known.organization_id : undefined;
}

function refused(description: string): OAuthError {
  return new OAuthError(400, 'invalid_request', description);
}
