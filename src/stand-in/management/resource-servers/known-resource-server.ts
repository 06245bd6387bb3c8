import type { ResourceServer } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Call } from '../endpoint.ts';

/** By id or by identifier (Auth0 docs, "Get a resource server"). 404 is recorded, its body is not. */
export function knownResourceServer({ store, params }: Call): ResourceServer {
  const id = params['id'] ?? '';
  const server = store.resourceServers.get(id) ?? store.resourceServers.first('identifier', id);
  if (!server) throw new ApiError(404, 'The resource server does not exist', 'inexistent_resource_server');
  return server;
}
