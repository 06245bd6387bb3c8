import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { knownClientGrant } from './known-client-grant.ts';

export const listClientGrantOrganizationsEndpoint: Endpoint = {
  method: 'GET',
  path: '/client-grants/{id}/organizations',
  scopes: ['read:organization_client_grants'],
  // There are no organizations here.
  answer: (call: Call) => {
    knownClientGrant(call);
    return listAnswer<object>([], call.query, {
      name: 'organizations',
      idOf: () => '',
      present: (organization) => organization,
      checkpoints: true,
    });
  },
};
