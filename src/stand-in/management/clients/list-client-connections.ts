import type { Call, Endpoint } from '../endpoint.ts';
import { connectionView } from '../connections/known-connection.ts';
import type { Connection } from '../../store/records.ts';
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
    const shown = connectionView();
    return checkpointList(enabled, call.query, {
      name: 'connections',
      idOf: ({ id }) => id,
      // Specified, and recorded: without the clients of each.
      present: (connection) => {
        const { enabled_clients: _many, ...view } = shown(connection) as Connection;
        return view;
      },
    });
  },
};
