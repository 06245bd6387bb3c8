/** Reads this project's clients at the authority (marked by `client_metadata.kind`), and their client grants. */
import type { Auth0ClientGrant, Auth0WebApp } from '../../src/auth0/management-tenants.ts';
import type { Auth0Client } from '../../src/auth0/management-clients.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import { listAll } from '../relay/find-marked-clients.ts';

/** Auth0's largest page. */
const PER_PAGE = 100;

/** A client in any of the authority's lists. */
export interface ListedClient extends Auth0WebApp, Omit<Auth0Client, 'client_secret'> {}

export interface AuthorityClient extends ListedClient {
  kind: RegisteredClient['kind'];
}

export interface AuthorityState {
  /** Every client that may be one of this project's, by id: clients of metadata documents are not marked. */
  listed: Map<string, ListedClient>;
  /** The marked clients, by id. */
  clients: Map<string, AuthorityClient>;
  /** Client id → scopes of its client grant for client credentials. */
  grants: Map<string, string[]>;
  /** Client id → scopes of its client grant for users. */
  userGrants: Map<string, string[]>;
}

const isKind = (kind: unknown): kind is AuthorityClient['kind'] =>
  kind === 'user' || kind === 'tenant' || kind === 'app';

async function listGrants(management: Management, audience: string): Promise<Auth0ClientGrant[]> {
  const all: Auth0ClientGrant[] = [];
  for (let from: string | undefined; ;) {
    const { grants, next } = await management.listClientGrantsAt(audience, from, PER_PAGE);
    all.push(...grants);
    if (next === undefined) return all;
    from = next;
  }
}

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
  for (const { client_id, scope = [], subject_type } of await listGrants(management, audience))
    if (client_id !== undefined) (subject_type === 'user' ? userGrants : grants).set(client_id, scope);
  return { listed, clients, grants, userGrants };
}
