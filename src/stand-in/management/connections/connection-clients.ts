import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { knownConnection } from './known-connection.ts';

const PATH = '/connections/{id}/clients';
/** Specified limit per request. */
const CHANGES_MAX = 50;

export const listConnectionClientsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:connections'],
  answer: (call: Call) =>
    checkpointList(knownConnection(call).enabled_clients, call.query, {
      name: 'clients',
      idOf: (clientId) => clientId,
      present: (client_id) => ({ client_id }),
    }),
};

export const updateConnectionClientsEndpoint: Endpoint = {
  method: 'PATCH',
  path: PATH,
  scopes: ['update:connections'],
  logAs: 'Update the clients of a connection',
  answer: (call: Call) => {
    const connection = knownConnection(call);
    const { changes } = checkBody(
      { changes: call.body },
      {
        required: ['changes'],
        properties: {
          changes: {
            type: 'array',
            minItems: 1,
            maxItems: CHANGES_MAX,
            items: {
              type: 'object',
              members: {
                required: ['client_id', 'status'],
                properties: { client_id: { type: 'string' }, status: { type: 'boolean' } },
              },
            },
          },
        },
      },
    ) as { changes: { client_id: string; status: boolean }[] };
    const enabled = new Set(connection.enabled_clients);
    for (const { client_id, status } of changes) {
      // Status specified, wording guessed.
      if (!call.store.clients.has(client_id))
        throw new ApiError(400, 'The client does not exist', 'inexistent_client');
      if (status) enabled.add(client_id);
      else enabled.delete(client_id);
    }
    call.store.connections.put({ ...connection, enabled_clients: [...enabled] });
    return NO_CONTENT;
  },
};
