import { withdrawAccess } from '../../authentication/withdraw-access.ts';
import { invalidQuery } from '../api-error.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';

export const deleteGrantsOfUserEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/grants',
  scopes: ['delete:grants'],
  logAs: 'Delete grants of a user',
  answer: ({ store, query }: Call) => {
    const userId = query.get('user_id');
    if (userId === null || userId === '') throw invalidQuery('Missing required property: user_id');
    for (const grant of [...store.grants.by('user', userId)]) {
      store.grants.delete(grant.id);
      withdrawAccess(store, {
        userId,
        clientId: grant.clientID,
        audience: grant.audience,
        organizationId: grant.organization_id,
      });
    }
    return NO_CONTENT;
  },
};
