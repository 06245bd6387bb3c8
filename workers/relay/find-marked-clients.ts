import type { Auth0Client } from '../../src/auth0/management-clients.ts';

const PER_PAGE = 100;

/** Clients whose metadata say this: what an earlier try made, whose answer nobody got. */
export async function findMarkedClients(
  list: (page: number, perPage: number) => Promise<Auth0Client[]>,
  isMeant: (metadata: Record<string, unknown>) => boolean,
): Promise<Auth0Client[]> {
  const found: Auth0Client[] = [];
  for (let page = 0; ; page += 1) {
    const clients = await list(page, PER_PAGE);
    found.push(...clients.filter((client) => isMeant(client.client_metadata ?? {})));
    if (clients.length < PER_PAGE) return found;
  }
}
