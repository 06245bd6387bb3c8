import { withdrawAccess } from '../../authentication/withdraw-access.ts';
import { deleteConnectionOfOrganizations, deleteMemberships } from '../organizations/forget.ts';
import { NO_CONTENT, type Answer, type Call, type Endpoint } from '../endpoint.ts';

export const deleteConnectionEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/connections/{id}',
  scopes: ['delete:connections'],
  logAs: 'Delete a connection',
  // Deletes its users, too (Auth0 docs, "Delete a connection"). Recorded: 202, as that takes Auth0 a while, and 204 when it is done.
  answer: ({ store, params, now }: Call): Answer => {
    const connection = store.connections.delete(params['id'] ?? '');
    if (!connection) return NO_CONTENT;
    deleteConnectionOfOrganizations(store, connection.id);
    for (const { profile } of [...store.users.values()].filter(
      (user) => user.connection === connection.name,
    )) {
      deleteMemberships(store, profile.user_id);
      withdrawAccess(store, { userId: profile.user_id });
      store.users.delete(profile.user_id);
    }
    return { status: 202, body: { deleted_at: new Date(now()).toISOString() } };
  },
};
