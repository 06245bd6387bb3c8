import { newId } from '../../random-ids.ts';
import type { ClientGrant } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { managementAudience } from '../access-tokens.ts';
import { ApiError, invalidBody } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { NEW_CLIENT_GRANT } from './client-grant-rules.ts';

export const createClientGrantEndpoint: Endpoint = {
  method: 'POST',
  path: '/client-grants',
  scopes: ['create:client_grants'],
  logAs: 'Create a client grant',
  answer: ({ store, body, issuer, settings }: Call) => {
    const input = checkBody(body, NEW_CLIENT_GRANT) as Partial<ClientGrant> & { audience: string };
    if ((input.client_id === undefined) === (input.default_for === undefined))
      throw invalidBody('Missing required property: client_id');
    const grant: ClientGrant = {
      id: newId.clientGrant(),
      ...(input.client_id !== undefined && { client_id: input.client_id }),
      ...(input.default_for !== undefined && { default_for: input.default_for }),
      audience: input.audience,
      scope: input.scope ?? [],
      ...(input.organization_usage !== undefined && { organization_usage: input.organization_usage }),
      ...(input.allow_any_organization !== undefined && {
        allow_any_organization: input.allow_any_organization,
      }),
      ...(input.allow_all_scopes !== undefined && { allow_all_scopes: input.allow_all_scopes }),
      // Recorded default.
      subject_type: input.subject_type ?? 'client',
      ...(input.authorization_details_types && {
        authorization_details_types: input.authorization_details_types,
      }),
    };
    check(store, grant, issuer);
    // Auth0 docs, "Entity limit policy"; the wording is that of clients.
    if (store.clientGrants.size >= settings.plan.clientGrantsMax)
      throw new ApiError(
        403,
        'You reached the limit of entities of this type for this tenant.',
        'too_many_entities',
      );
    return { status: 201, body: store.clientGrants.put(grant) };
  },
};

/** Recorded: scopes that the API does not have are accepted, without effect. */
function check(store: Store, grant: ClientGrant, issuer: string): void {
  const server = store.resourceServers.first('identifier', grant.audience);
  // Statuses specified, wording guessed.
  if (!server)
    throw new ApiError(
      404,
      `The resource server ${grant.audience} does not exist.`,
      'inexistent_resource_server',
    );
  if (grant.client_id === undefined) return;
  const client = store.clients.get(grant.client_id);
  if (!client) throw new ApiError(404, 'The client does not exist', 'inexistent_client');
  // Recorded.
  if (client.app_type === 'express_configuration')
    throw new ApiError(400, 'Client of type express_configuration cannot be used', 'validation_error');
  // Auth0 docs, "Security controls for third-party applications": no system APIs in strict mode.
  if (client.third_party_security_mode === 'strict' && grant.audience === managementAudience(issuer))
    throw new ApiError(400, 'Third-party clients cannot be granted access to this API.', 'validation_error');
  for (const other of store.clientGrants.by('client', grant.client_id))
    if (other.audience === grant.audience && (other.subject_type ?? 'client') === grant.subject_type)
      // Status specified; this wording is the one in public reports.
      throw new ApiError(
        409,
        'A resource with the same audience and client_id already exists',
        'duplicate_client_grant',
      );
}
