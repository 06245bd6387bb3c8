/** Calls for client grants, and for users' consents. Part of `management.ts`. */
import { answerOf, type ManagementTransport } from './management-transport.ts';

/** A user's consent (Auth0: user grant). */
export interface Auth0Grant {
  id: string;
  clientID: string;
  user_id: string;
  audience: string;
  scope: string[];
  /** The organization that the user signed in to; missing or null: none. */
  organization_id?: string | null;
}

/** What a client may do at an API for itself. */
export interface ExistingClientGrant {
  id: string;
  audience: string;
  scope: string[];
}

export interface GrantCalls {
  /**
   * Grants a client these scopes for itself (client credentials). Here and below: the API may lack some (`missingScopes`);
   * tokens contain them once it has them.
   */
  createClientGrant(clientId: string, audience: string, scope: string[]): Promise<void>;
  /** @param audience left out: of all APIs. @returns ids */
  listClientGrants(clientId: string, audience?: string): Promise<string[]>;
  /** Of all APIs, for itself. */
  readClientGrants(clientId: string): Promise<ExistingClientGrant[]>;
  updateClientGrant(grantId: string, scope: string[]): Promise<void>;
  deleteClientGrant(grantId: string): Promise<void>;
  /** Grants a client these scopes on behalf of users. */
  createUserGrantOf(clientId: string, audience: string, scope: string[]): Promise<void>;
  /** Consents of a user, or all users' consents to an app. */
  listGrants(of: { user_id: string } | { client_id: string }): Promise<Auth0Grant[]>;
  /**
   * Including its refresh tokens. Idempotent: 404 counts as success.
   * @returns the authority's own clock then, seconds since 1970; undefined when unknown
   */
  deleteGrant(grantId: string): Promise<number | undefined>;
}

/** Auth0's maximum page size. */
const GRANTS_PER_PAGE = 100;

export function grantCalls({ read, write, gone }: ManagementTransport): GrantCalls {
  const grant = (
    subject_type: 'client' | 'user',
    wanted: { client_id: string; audience: string; scope: string[] },
  ) => write(async (sdk) => void (await sdk.clientGrants.create({ ...wanted, subject_type })));

  return {
    createClientGrant: (client_id, audience, scope) => grant('client', { client_id, audience, scope }),
    listClientGrants: (client_id, audience) =>
      read(async (sdk) => {
        const found = await sdk.clientGrants.list({ client_id, audience });
        return found.data.flatMap(({ id }) => id ?? []);
      }),
    readClientGrants: (client_id) =>
      read(async (sdk) => {
        const { data } = await sdk.clientGrants.list({ client_id, take: GRANTS_PER_PAGE });
        return data.flatMap(({ id, audience, scope = [], subject_type }) =>
          id === undefined || audience === undefined || subject_type === 'user'
            ? []
            : [{ id, audience, scope }],
        );
      }),
    updateClientGrant: (grantId, scope) =>
      write(async (sdk) => void (await sdk.clientGrants.update(grantId, { scope }))),
    deleteClientGrant: (grantId) =>
      gone(() => write(async (sdk) => void (await sdk.clientGrants.delete(grantId)))),
    createUserGrantOf: (client_id, audience, scope) => grant('user', { client_id, audience, scope }),
    listGrants: (of) =>
      read(async (sdk) => {
        const grants: Auth0Grant[] = [];
        for (let page = 0; ; page += 1) {
          const query = { ...of, page, per_page: GRANTS_PER_PAGE, include_totals: true };
          const { data } = await sdk.userGrants.list(query);
          grants.push(...answerOf<Auth0Grant[]>(data));
          if (data.length < GRANTS_PER_PAGE) return grants;
        }
      }),
    async deleteGrant(grantId) {
      let date: string | null = null;
      await gone(() =>
        write(async (sdk) => {
          const { rawResponse } = await sdk.userGrants.delete(grantId).withRawResponse();
          date = rawResponse.headers.get('date');
        }),
      );
      const seconds = Math.floor(Date.parse(date ?? '') / 1000);
      return Number.isNaN(seconds) ? undefined : seconds;
    },
  };
}
