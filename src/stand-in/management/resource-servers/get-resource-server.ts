import type { Call, Endpoint } from '../endpoint.ts';
import { knownResourceServer } from './known-resource-server.ts';
import { resourceServerView } from './resource-server-view.ts';

export const getResourceServerEndpoint: Endpoint = {
  method: 'GET',
  path: '/resource-servers/{id}',
  scopes: ['read:resource_servers'],
  answer: (call: Call) => {
    const server = knownResourceServer(call);
    const [linked] = [...call.store.clients.values()].filter(
      (client) => client['resource_server_identifier'] === server.identifier,
    );
    // Recorded: the linked client, if there is one.
    const link = linked && { client_id: linked.client_id };
    return { status: 200, body: { ...resourceServerView(server), ...link } };
  },
};
