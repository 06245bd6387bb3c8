import type { Management as Auth0, ManagementClient } from 'auth0';

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
  makeClient: <T>(wanted: Auth0.CreateClientRequestContent) => Promise<T>;
  /** @param kind what those have in common that are looked for */
  listClients: <T>(
    kind: { is_first_party: boolean; app_type?: string },
    page: number,
    perPage: number,
  ) => Promise<T[]>;
  changeClient: (clientId: string, changes: Auth0.UpdateClientRequestContent) => Promise<void>;
}

/** The SDK takes every member of an answer for optional. Our types say what the specification has always there, and what we read of it. */
export const answerOf = <T>(content: unknown): T => content as T;

export function clientTransport({
  read,
  write,
}: Pick<ManagementTransport, 'read' | 'write'>): ClientTransport {
  return {
    makeClient: (wanted) =>
      write(async (sdk) => {
        const jwt_configuration = { alg: 'RS256' as const };
        return answerOf(await sdk.clients.create({ ...wanted, oidc_conformant: true, jwt_configuration }));
      }),
    listClients: (kind, page, perPage) =>
      read(async (sdk) => {
        const query = { ...kind, page, per_page: perPage, include_totals: true };
        return answerOf((await sdk.clients.list(query)).data);
      }),
    changeClient: (clientId, changes) =>
      write(async (sdk) => void (await sdk.clients.update(clientId, changes))),
  };
}
