import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { NEW_CONNECTION } from './connection-rules.ts';
import { checkOptions, optionsOfNew, optionsToKeep } from './connection-options.ts';
import { connectionView } from './known-connection.ts';
import { completeConnection, type NewConnection } from './new-connection.ts';

export const createConnectionEndpoint: Endpoint = {
  method: 'POST',
  path: '/connections',
  scopes: ['create:connections'],
  logAs: 'Create a connection',
  answer: (call: Call) => {
    const { store, body, issuer } = call;
    const input = checkBody(body, NEW_CONNECTION) as unknown as NewConnection;
    checkOptions(input.options);
    if (store.connections.count('name', input.name) > 0)
      throw new ApiError(409, 'A connection with the same name already exists', 'connection_conflict');
    const connection = completeConnection(input, issuer);
    connection.options = optionsOfNew(connection.strategy, input.options, call);
    store.connections.put({ ...connection, options: optionsToKeep(connection.options) });
    return { status: 201, body: connectionView()(connection) };
  },
};
