import { newId } from '../../random-ids.ts';
import type { Connection } from '../../store/records.ts';

export type NewConnection = Partial<Connection> & { name: string; strategy: string };

export function completeConnection(input: NewConnection): Connection {
  return {
    id: input.id ?? newId.connection(),
    name: input.name,
    ...(input.display_name !== undefined && { display_name: input.display_name }),
    strategy: input.strategy,
    options: input.options ?? {},
    enabled_clients: input.enabled_clients ?? [],
    is_domain_connection: input.is_domain_connection ?? false,
    realms: input.realms ?? [input.name],
    ...(input.metadata && { metadata: input.metadata }),
  };
}
