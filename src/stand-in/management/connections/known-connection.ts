import type { Connection } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Call } from '../endpoint.ts';

/** Public reports: this message and code. */
export function knownConnection({ store, params }: Call): Connection {
  const connection = store.connections.get(params['id'] ?? '');
  if (!connection) throw new ApiError(404, 'The connection does not exist', 'inexistent_connection');
  return connection;
}
