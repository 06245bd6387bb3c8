import type { Management as Auth0, ManagementClient } from 'auth0';

export type SdkCall<T> = (sdk: ManagementClient) => Promise<T>;

/** How `management.ts` makes calls: each throws `ManagementFailure` and nothing else. */
export interface ManagementTransport {
  read: <T>(call: SdkCall<T>) => Promise<T>;
  write: <T>(call: SdkCall<T>) => Promise<T>;
  /** Deletes are idempotent: 404 counts as success. */
  gone: (call: () => Promise<void>) => Promise<void>;
}

/** Creates, lists and changes clients of any kind. */
export interface ClientTransport {
  /** @param wanted everything but what all our clients share */
  makeClient: <T>(wanted: Auth0.CreateClientRequestContent) => Promise<T>;
  /** @param kind `client_metadata.kind` and the like by which to filter */
  listClients: <T>(
    kind: { is_first_party: boolean; app_type?: string },
    page: number,
    perPage: number,
  ) => Promise<T[]>;
  changeClient: (clientId: string, changes: Auth0.UpdateClientRequestContent) => Promise<void>;
}

/**
 * The SDK types every member of an answer as optional. Our types state what the specification guarantees, and what we
 * read.
 */
export const answerOf = <T>(content: unknown): T => content as T;

/** The last page has a `next`, too (node-auth0 #674): one that is not full is the last one. */
export function nextOf(response: unknown, page: readonly unknown[], take: number): { next?: string } {
  const { next } = answerOf<{ next?: string | null }>(response);
  return next && page.length >= take ? { next } : {};
}

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
