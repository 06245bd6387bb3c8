import { withdrawAccess } from '../../authentication/withdraw-access.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';

/** No recording exists. 204 is specified; that refresh tokens are revoked with it is documented ("Revoke refresh tokens"). */
export const deleteGrantEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/grants/{id}',
  scopes: ['delete:grants'],
  logAs: 'Delete a grant',
  answer: ({ store, params }: Call) => {
    const grant = store.grants.delete(params['id'] ?? '');
    if (grant)
      withdrawAccess(store, {
        userId: grant.user_id,
        clientId: grant.clientID,
        audience: grant.audience,
        organizationId: grant.organization_id,
      });
    return NO_CONTENT;
  },
};
