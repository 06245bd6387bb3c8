import type { ResourceServer } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { patched } from '../patched.ts';
import { knownResourceServer } from './known-resource-server.ts';
import { RESOURCE_SERVER_CHANGES } from './resource-server-rules.ts';
import { resourceServerView } from './resource-server-view.ts';

/** Recorded: 200, though 201 is specified. */
export const updateResourceServerEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/resource-servers/{id}',
  scopes: ['update:resource_servers'],
  logAs: 'Update a resource server',
  answer: (call: Call) => {
    const server = knownResourceServer(call);
    const changes = checkBody(call.body, RESOURCE_SERVER_CHANGES) as Partial<ResourceServer>;
    // Status recorded for a system API; the wording is guessed.
    if (server.is_system && (changes.name !== undefined || changes.scopes !== undefined))
      throw new ApiError(400, 'System resource servers cannot be changed.', 'operation_not_supported');
    const after = patched(server, changes);
    after.subject_type_authorization = {
      ...server.subject_type_authorization,
      ...changes.subject_type_authorization,
    };
    return { status: 200, body: resourceServerView(call.store.resourceServers.put(after)) };
  },
};
