import type { Call, Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { knownClient } from './client-view.ts';

export const listClientConnectionsEndpoint: Endpoint = {
  method: 'GET',
  path: '/clients/{id}/connections',
  scopes: ['read:connections', 'read:clients', 'read:client_summary'],
  answer: (call: Call) => {
    const { client_id: clientId } = knownClient(call);
    const enabled = [...call.store.connections.values()].filter(({ enabled_clients }) =>
      enabled_clients.includes(clientId),
    );
    return checkpointList(enabled, call.query, {
      name: 'connections',
      idOf: ({ id }) => id,
      present: (connection) => connection,
    });
  },
};
