import type { Connection } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Call } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';

/** Recorded: included whatever `fields` says. */
const ALWAYS = ['id', 'is_domain_connection', 'authentication', 'connected_accounts'];

/** Recorded: shows whether users sign in with it, and whether they connect accounts with it. */
export function connectionView(query = new URLSearchParams()): (connection: Connection) => object {
  const choose = chosenFields(query, ALWAYS);
  return (connection) =>
    choose({ authentication: { active: true }, connected_accounts: { active: false }, ...connection });
}

/** Public reports: this message and code. */
export function knownConnection({ store, params }: Call): Connection {
  const connection = store.connections.get(params['id'] ?? '');
  if (!connection) throw new ApiError(404, 'The connection does not exist', 'inexistent_connection');
  return connection;
}
