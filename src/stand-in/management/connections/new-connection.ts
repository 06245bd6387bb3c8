import { newId } from '../../random-ids.ts';
import type { Connection } from '../../store/records.ts';
import { withoutNulls } from '../patched.ts';
import { strategyMembers } from './strategies.ts';

export type NewConnection = Partial<Connection> & { name: string; strategy: string };

/** Adds everything that Auth0 adds to a new connection (recorded), except its options: see `completeOptions`. */
export function completeConnection(input: NewConnection, issuer: string): Connection {
  return {
    ...strategyMembers(input.name, input.strategy, issuer),
    options: {},
    enabled_clients: [],
    is_domain_connection: false,
    realms: [input.name],
    ...withoutNulls(input),
    id: input.id ?? newId.connection(),
  };
}
