import type { OrganizationClient } from '../../store/records.ts';
import { inOrganization, type Store } from '../../store/store.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { knownOrganization } from './known-organization.ts';
import { CLIENTS_TO_ADD, CLIENTS_TO_REMOVE } from './organization-rules.ts';

const PATH = '/organizations/{id}/clients';
/** Auth0 docs, "Grant per-application access to an organization". */
const CLIENTS_MAX = 100;

/** As recorded by terraform-provider-auth0. */
function view(store: Store): (one: OrganizationClient) => object {
  return ({ organization_id: _whose, ...shown }) => {
    const { name, is_first_party, grant_types } = store.clients.get(shown.client_id) ?? {};
    return { ...shown, client: { name, is_first_party, grant_types } };
  };
}

const listOrganizationClientsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:organization_clients'],
  answer: (call: Call) =>
    checkpointList(
      [...call.store.organizationClients.by('organization', knownOrganization(call).id)],
      call.query,
      { name: 'clients', idOf: ({ client_id }) => client_id, present: view(call.store) },
    ),
};

const addOrganizationClientsEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:organization_clients'],
  logAs: 'Associate clients with an Organization',
  answer: (call: Call) => {
    const { store } = call;
    const { id: organization_id } = knownOrganization(call);
    const { clients } = checkBody(call.body, CLIENTS_TO_ADD) as {
      clients: (Partial<OrganizationClient> & { client_id: string })[];
    };
    if (clients.some(({ client_id }) => !store.clients.has(client_id)))
      throw new ApiError(404, 'The client does not exist', 'inexistent_client');
    const ofOrganization = [...store.organizationClients.by('organization', organization_id)];
    const all = new Set([...ofOrganization, ...clients].map(({ client_id }) => client_id));
    // Wording of the clients endpoint.
    if (all.size > CLIENTS_MAX)
      throw new ApiError(
        403,
        'You reached the limit of entities of this type for this tenant.',
        'too_many_entities',
      );
    const added = clients.map((one) =>
      store.organizationClients.put({ use_for_member_access: false, ...one, organization_id }),
    );
    return { status: 201, body: added.map(view(store)) };
  },
};

const removeOrganizationClientsEndpoint: Endpoint = {
  method: 'DELETE',
  path: PATH,
  scopes: ['delete:organization_clients'],
  logAs: 'Remove clients from an Organization',
  // Documented: idempotent.
  answer: (call: Call) => {
    const { id } = knownOrganization(call);
    const { clients } = checkBody(call.body, CLIENTS_TO_REMOVE) as { clients: { client_id: string }[] };
    for (const { client_id } of clients) call.store.organizationClients.delete(inOrganization(id, client_id));
    return NO_CONTENT;
  },
};

export const ORGANIZATION_CLIENTS: readonly Endpoint[] = [
  listOrganizationClientsEndpoint,
  addOrganizationClientsEndpoint,
  removeOrganizationClientsEndpoint,
];
