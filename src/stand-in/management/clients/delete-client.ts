import { withdrawAccess } from '../../authentication/withdraw-access.ts';
import { forgetClientGrant, forgetClientOfOrganizations } from '../organizations/forget.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';

export const deleteClientEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/clients/{id}',
  scopes: ['delete:clients'],
  logAs: 'Delete a client',
  // Deleting an unknown client succeeds, too: the specification has no 404 for it.
  answer: ({ store, params }: Call) => {
    const id = params['id'] ?? '';
    if (store.clients.delete(id)) {
      for (const grant of [...store.clientGrants.by('client', id)]) forgetClientGrant(store, grant.id);
      forgetClientOfOrganizations(store, id);
      for (const { id: key } of [...store.credentials.by('client', id)]) store.credentials.delete(key);
      // Not documented for Auth0; the grants would be useless.
      for (const grant of [...store.grants.by('client', id)]) store.grants.delete(grant.id);
      withdrawAccess(store, { clientId: id });
      for (const connection of [...store.connections.values()])
        if (connection.enabled_clients.includes(id))
          store.connections.put({
            ...connection,
            enabled_clients: connection.enabled_clients.filter((one) => one !== id),
          });
    }
    return NO_CONTENT;
  },
};
