import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { flag } from '../query-values.ts';
import { clientView } from './client-view.ts';

export const listClientsEndpoint: Endpoint = {
  method: 'GET',
  path: '/clients',
  scopes: ['read:clients', 'read:client_keys', 'read:client_credentials', 'read:client_summary'],
  answer: (call: Call) => {
    const { store, query } = call;
    const isFirstParty = flag(query, 'is_first_party');
    const appTypes = query.get('app_type')?.split(',');
    const externalId = query.get('external_client_id');
    // The global client, which every Auth0 tenant has, does not exist here.
    const onlyGlobal = flag(query, 'is_global') === true;
    const clients = [...store.clients.values()].filter(
      (client) =>
        !onlyGlobal &&
        (isFirstParty === undefined || client.is_first_party === isFirstParty) &&
        (appTypes === undefined || appTypes.includes(client.app_type ?? '')) &&
        (externalId === null || client['external_client_id'] === externalId),
    );
    return listAnswer(clients, query, {
      name: 'clients',
      idOf: (client) => client.client_id,
      present: clientView(call),
      checkpoints: true,
    });
  },
};
