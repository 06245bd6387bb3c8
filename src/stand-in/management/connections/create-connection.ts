import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { NEW_CONNECTION } from './connection-rules.ts';
import { completeConnection } from './new-connection.ts';
import type { NewConnection } from './new-connection.ts';

export const createConnectionEndpoint: Endpoint = {
  method: 'POST',
  path: '/connections',
  scopes: ['create:connections'],
  logAs: 'Create a connection',
  answer: ({ store, body }: Call) => {
    const input = checkBody(body, NEW_CONNECTION) as unknown as NewConnection;
    // Only what users with a password need; other strategies would have nobody to talk to here.
    if (input.strategy !== 'auth0')
      throw new ApiError(400, 'The stand-in knows the strategy auth0 only.', 'invalid_body');
    if (store.connections.count('name', input.name) > 0)
      throw new ApiError(409, 'A connection with the same name already exists', 'connection_conflict');
    return { status: 201, body: store.connections.put(completeConnection(input)) };
  },
};
