import type { Connection } from '../../store/records.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { CONNECTION_CHANGES } from './connection-rules.ts';
import { knownConnection } from './known-connection.ts';

export const updateConnectionEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/connections/{id}',
  scopes: ['update:connections'],
  logAs: 'Update a connection',
  answer: (call: Call) => {
    const connection = knownConnection(call);
    const changes = checkBody(call.body, CONNECTION_CHANGES) as Partial<Connection>;
    return { status: 200, body: call.store.connections.put({ ...connection, ...changes }) };
  },
};
