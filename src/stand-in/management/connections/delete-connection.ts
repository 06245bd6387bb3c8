import { withdrawAccess } from '../../authentication/withdraw-access.ts';
import { deleteConnectionOfOrganizations, deleteMemberships } from '../organizations/forget.ts';
import { NO_CONTENT, type Answer, type Call, type Endpoint } from '../endpoint.ts';

export const deleteConnectionEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/connections/{id}',
  scopes: ['delete:connections'],
  logAs: 'Delete a connection',
  // Deletes its users, too (Auth0 docs, "Delete a connection"). Recorded: 202, as that takes Auth0 a while, and 204 when it is done.
  answer: (call: Call): Answer => {
    const { store, params, settings } = call;
    const connection = store.connections.delete(params['id'] ?? '');
    if (!connection) return whileDeleted(call);
    deleteConnectionOfOrganizations(store, connection.id);
    for (const { profile } of [...store.users.values()].filter(
      (user) => user.connection === connection.name,
    )) {
      deleteMemberships(store, profile.user_id);
      withdrawAccess(store, { userId: profile.user_id });
      store.users.delete(profile.user_id);
    }
    const deleted_at = new Date(call.now()).toISOString();
    if (settings.connectionDeletionMs > 0) store.connectionDeletions.put({ id: connection.id, deleted_at });
    return { status: 202, body: { deleted_at } };
  },
};

/** Recorded: until it is done, the first answer again. */
function whileDeleted({ store, params, settings, now }: Call): Answer {
  const deletion = store.connectionDeletions.get(params['id'] ?? '');
  if (!deletion) return NO_CONTENT;
  const { deleted_at } = deletion;
  if (now() - Date.parse(deleted_at) < settings.connectionDeletionMs)
    return { status: 202, body: { deleted_at } };
  store.connectionDeletions.delete(deletion.id);
  return NO_CONTENT;
}
