import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { knownClientGrant } from './known-client-grant.ts';

export const listClientGrantOrganizationsEndpoint: Endpoint = {
  method: 'GET',
  path: '/client-grants/{id}/organizations',
  scopes: ['read:organization_client_grants'],
  // Recorded.
  answer: (call: Call) => {
    const { store } = call;
    const organizations = [...store.organizationGrants.by('grant', knownClientGrant(call).id)].flatMap(
      ({ organization_id }) => store.organizations.get(organization_id) ?? [],
    );
    return listAnswer(organizations, call.query, {
      name: 'organizations',
      idOf: ({ id }) => id,
      present: (organization) => organization,
      checkpoints: true,
    });
  },
};
