/** What the authority has of ours: clients that say what they are (`client_metadata.kind`), and what each may ask for. */
import type { Auth0WebApp } from '../../src/auth0/management-tenants.ts';
import type { Auth0Client } from '../../src/auth0/management-clients.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import { listAll } from '../relay/find-marked-clients.ts';

/** As any of the lists tells of it. */
export interface ListedClient extends Auth0WebApp, Omit<Auth0Client, 'client_secret'> {}

export interface AuthorityClient extends ListedClient {
  kind: RegisteredClient['kind'];
}

export interface AuthorityState {
  /** Every client that could be one of ours, by id: one that came by a metadata document does not say that it is. */
  listed: Map<string, ListedClient>;
  /** Those that say so. */
  clients: Map<string, AuthorityClient>;
  /** By client id: scopes that it may ask for itself. */
  grants: Map<string, string[]>;
  /** By client id: scopes that it may ask users for. */
  userGrants: Map<string, string[]>;
}

const isKind = (kind: unknown): kind is AuthorityClient['kind'] =>
  kind === 'user' || kind === 'tenant' || kind === 'app';

export async function readAuthority(management: Management, audience: string): Promise<AuthorityState> {
  const lists: ((page: number, perPage: number) => Promise<ListedClient[]>)[] = [
    (page, perPage) => management.listWebApps(page, perPage),
    (page, perPage) => management.listMachineClients(page, perPage),
    (page, perPage) => management.listThirdPartyClients(page, perPage),
  ];
  const listed = new Map<string, ListedClient>();
  const clients = new Map<string, AuthorityClient>();
  for (const list of lists)
    for (const client of await listAll(list)) {
      listed.set(client.client_id, client);
      const kind = client.client_metadata?.['kind'];
      if (isKind(kind)) clients.set(client.client_id, { ...client, kind });
    }
  const [grants, userGrants] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { client_id, scope = [], subject_type } of await listAll((page, perPage) =>
    management.listClientGrantsAt(audience, page, perPage),
  ))
    if (client_id !== undefined) (subject_type === 'user' ? userGrants : grants).set(client_id, scope);
  return { listed, clients, grants, userGrants };
}
