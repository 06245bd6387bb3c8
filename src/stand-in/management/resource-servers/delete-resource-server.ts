import { managementAudience } from '../access-tokens.ts';
import { ApiError } from '../api-error.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';

export const deleteResourceServerEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/resource-servers/{id}',
  scopes: ['delete:resource_servers'],
  logAs: 'Delete a resource server',
  answer: ({ store, params, issuer }: Call) => {
    const id = params['id'] ?? '';
    const server = store.resourceServers.get(id) ?? store.resourceServers.first('identifier', id);
    if (!server) return NO_CONTENT;
    // Auth0 docs, "APIs": the Management API cannot be removed. The wording is a guess.
    if (server.identifier === managementAudience(issuer))
      throw new ApiError(400, 'System resource servers cannot be deleted.', 'operation_not_supported');
    store.resourceServers.delete(server.id);
    for (const grant of [...store.clientGrants.by('audience', server.identifier)])
      store.clientGrants.delete(grant.id);
    return NO_CONTENT;
  },
};
