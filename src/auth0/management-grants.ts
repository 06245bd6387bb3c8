/** The calls about what clients may ask for, and about what users consented to. Part of `management.ts`. */
import { answerOf, type ManagementTransport } from './management-transport.ts';

/** What a user has consented to. */
export interface Auth0Grant {
  id: string;
  clientID: string;
  user_id: string;
  audience: string;
  scope: string[];
}

export interface GrantCalls {
  /** Scopes of that API at the authority; undefined: the workers' client may not look. */
  apiScopes(audience: string): Promise<ReadonlySet<string> | undefined>;
  /** Allows a client to ask for these scopes for itself. Here and below: they are refused when the API lacks one. */
  createClientGrant(clientId: string, audience: string, scope: string[]): Promise<void>;
  /** @returns ids */
  listClientGrants(clientId: string): Promise<string[]>;
  updateClientGrant(grantId: string, audience: string, scope: string[]): Promise<void>;
  deleteClientGrant(grantId: string): Promise<void>;
  /** Allows a client to ask for these scopes on behalf of users. */
  createUserGrantOf(clientId: string, audience: string, scope: string[]): Promise<void>;
  /** What a user consented to, or what an app has of all users. */
  listGrants(of: { user_id: string } | { client_id: string }): Promise<Auth0Grant[]>;
  /**
   * With its refresh tokens; one that is not there is deleted already.
   * @returns the authority's own clock then, seconds since 1970; undefined when it did not say
   */
  deleteGrant(grantId: string): Promise<number | undefined>;
}

/** As many as there are to a page. */
const GRANTS_PER_PAGE = 100;

export function grantCalls({ read, write, gone, apiScopes }: ManagementTransport): GrantCalls {
  async function grant(
    subject_type: 'client' | 'user',
    wanted: { client_id: string; audience: string; scope: string[] },
  ): Promise<void> {
    await apiScopes.check(read, wanted.audience, wanted.scope);
    await write(async (sdk) => void (await sdk.clientGrants.create({ ...wanted, subject_type })));
  }

  return {
    apiScopes: (audience) => apiScopes.of(read, audience),
    createClientGrant: (client_id, audience, scope) => grant('client', { client_id, audience, scope }),
    listClientGrants: (client_id) =>
      read(async (sdk) => {
        const found = await sdk.clientGrants.list({ client_id });
        return found.data.flatMap(({ id }) => id ?? []);
      }),
    async updateClientGrant(grantId, audience, scope) {
      await apiScopes.check(read, audience, scope);
      await write(async (sdk) => void (await sdk.clientGrants.update(grantId, { scope })));
    },
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
