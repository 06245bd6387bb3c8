import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { completeResourceServer, type NewResourceServer } from './new-resource-server.ts';
import { NEW_RESOURCE_SERVER } from './resource-server-rules.ts';
import { resourceServerView } from './resource-server-view.ts';

export const createResourceServerEndpoint: Endpoint = {
  method: 'POST',
  path: '/resource-servers',
  scopes: ['create:resource_servers'],
  logAs: 'Create a resource server',
  answer: ({ store, body }: Call) => {
    const input = checkBody(body, NEW_RESOURCE_SERVER) as NewResourceServer;
    // Status specified; wording as in public reports.
    if (store.resourceServers.count('identifier', input.identifier) > 0)
      throw new ApiError(
        409,
        'A resource server with the same identifier already exists.',
        'duplicate_identifier',
      );
    return {
      status: 201,
      body: resourceServerView(store.resourceServers.put(completeResourceServer(input))),
    };
  },
};
