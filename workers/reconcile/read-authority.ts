/** What the authority has of ours: clients that say what they are (`client_metadata.kind`), and what each may ask for. */
import type { Auth0WebApp } from '../../src/auth0/management-tenants.ts';
import type { Auth0Client } from '../../src/auth0/management-clients.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';

/** As any of the lists tells of it. */
export interface AuthorityClient extends Auth0WebApp, Omit<Auth0Client, 'client_secret'> {
  kind: RegisteredClient['kind'];
}

export interface AuthorityState {
  /** Of every client that could be one of ours, whether it says so or not. */
  ids: Set<string>;
  clients: Map<string, AuthorityClient>;
  /** By client id: scopes that it may ask for itself. */
  grants: Map<string, string[]>;
  /** By client id: scopes that it may ask users for. */
  userGrants: Map<string, string[]>;
}

const PER_PAGE = 100;
const KINDS = new Set<unknown>(['user', 'tenant', 'app']);

export async function readAuthority(management: Management, audience: string): Promise<AuthorityState> {
  const lists: ((page: number, perPage: number) => Promise<Omit<AuthorityClient, 'kind'>[]>)[] = [
    (page, perPage) => management.listWebApps(page, perPage),
    (page, perPage) => management.listMachineClients(page, perPage),
    (page, perPage) => management.listThirdPartyClients(page, perPage),
  ];
  const ids = new Set<string>();
  const clients = new Map<string, AuthorityClient>();
  for (const list of lists)
    for (const client of await all(list)) {
      ids.add(client.client_id);
      const kind = client.client_metadata?.['kind'];
      if (KINDS.has(kind))
        clients.set(client.client_id, { ...client, kind: kind as AuthorityClient['kind'] });
    }
  const [grants, userGrants] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { client_id, scope = [], subject_type } of await all((page, perPage) =>
    management.listClientGrantsAt(audience, page, perPage),
  ))
    if (client_id !== undefined) (subject_type === 'user' ? userGrants : grants).set(client_id, scope);
  return { ids, clients, grants, userGrants };
}

async function all<T>(list: (page: number, perPage: number) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let page = 0; ; page += 1) {
    const one = await list(page, PER_PAGE);
    found.push(...one);
    if (one.length < PER_PAGE) return found;
  }
}
