import { withdrawAccess } from '../../authentication/withdraw-access.ts';
import { invalidPath } from '../api-error.ts';
import { deleteMemberships } from '../organizations/forget.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';

export const deleteUserEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/users/{id}',
  scopes: ['delete:users', 'delete:current_user'],
  logAs: 'Delete a User',
  // Deleting an unknown user succeeds, too: the specification has no 404 for it.
  answer: ({ store, logs, params, caller }: Call) => {
    const id = params['id'] ?? '';
    if (!id.includes('|'))
      throw invalidPath(`Object didn't pass validation for format user-id-with-max-length: ${id}`, 'id');
    const user = store.users.delete(id);
    if (user) {
      for (const grant of [...store.grants.by('user', id)]) store.grants.delete(grant.id);
      deleteMemberships(store, id);
      withdrawAccess(store, { userId: id });
      // Documented as a type; what it holds is guessed, after `ss`.
      logs.write({
        type: 'sdu',
        description: `user_id: ${id}`,
        client_id: caller.clientId,
        user_id: id,
        user_name: user.profile.username ?? user.profile.email ?? '',
        connection: user.connection,
        connection_id: store.connections.first('name', user.connection)?.id ?? '',
        strategy: 'auth0',
        strategy_type: 'database',
      });
    }
    return NO_CONTENT;
  },
};
