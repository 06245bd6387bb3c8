import { forgetClientGrant } from '../organizations/forget.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';

export const deleteClientGrantEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/client-grants/{id}',
  scopes: ['delete:client_grants'],
  logAs: 'Delete a client grant',
  // Recorded: deleting the same one twice answers 204 both times.
  answer: ({ store, params }: Call) => {
    forgetClientGrant(store, params['id'] ?? '');
    return NO_CONTENT;
  },
};
