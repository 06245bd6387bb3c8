import type { ManagementClient } from 'auth0';

export type SdkCall<T> = (sdk: ManagementClient) => Promise<T>;

/** How `management.ts` makes calls: each throws `ManagementFailure` and nothing else. */
export interface ManagementTransport {
  read: <T>(call: SdkCall<T>) => Promise<T>;
  write: <T>(call: SdkCall<T>) => Promise<T>;
  /** What is to be deleted and is not there is as it should be. */
  gone: (call: () => Promise<void>) => Promise<void>;
  apiScopes: ApiScopes;
}

/** Which scopes an API has at the authority, as a process remembers it. */
export interface ApiScopes {
  /** @returns undefined when we may not look */
  of(read: ManagementTransport['read'], audience: string): Promise<ReadonlySet<string> | undefined>;
  /** @throws ManagementFailure `refused`, as the specification has it, for scopes that the API lacks */
  check(read: ManagementTransport['read'], audience: string, scopes: readonly string[]): Promise<void>;
}

/** How clients are made, listed and changed, of whatever kind they are. */
export interface ClientTransport {
  /** @param wanted all but what every client of ours has */
  makeClient: (wanted: object) => Promise<unknown>;
  /** @param kind what those have in common that are looked for */
  listClients: (
    kind: { is_first_party: boolean; app_type?: string },
    page: number,
    perPage: number,
  ) => Promise<unknown[]>;
  changeClient: (clientId: string, changes: object) => Promise<void>;
}

export function clientTransport({
  read,
  write,
}: Pick<ManagementTransport, 'read' | 'write'>): ClientTransport {
  return {
    makeClient: (wanted) =>
      write(async (sdk) => {
        const always = { oidc_conformant: true, jwt_configuration: { alg: 'RS256' } };
        return await sdk.clients.create({ ...wanted, ...always } as never);
      }),
    listClients: (kind, page, perPage) =>
      read(
        async (sdk) =>
          (await sdk.clients.list({ ...kind, page, per_page: perPage, include_totals: true })).data,
      ),
    changeClient: (clientId, changes) =>
      write(async (sdk) => void (await sdk.clients.update(clientId, changes as never))),
  };
}
