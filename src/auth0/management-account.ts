/** What an account says of itself along with any answer. Part of `management.ts`. */
import { answerOf, type ManagementTransport } from './management-transport.ts';
import type { ManagementToken } from './management-token.ts';
import { scopesInToken } from './scopes-in-token.ts';

export interface AccountState {
  /** All applications, whoever made them. */
  applications: number;
  /** How far its clock is ahead of ours, ms, to about a second; undefined: no `Date`. */
  clockOffsetMs: number | undefined;
  /** Scopes of the workers' token; undefined: they cannot be read from it. */
  scopes: string[] | undefined;
}

export interface AccountCalls {
  readAccount(): Promise<AccountState>;
}

/** `Date` has whole seconds: on average it is half a second late. */
const HALF_A_SECOND_MS = 500;

export const accountCalls = (
  { read }: Pick<ManagementTransport, 'read'>,
  token: ManagementToken,
): AccountCalls => ({
  readAccount: () =>
    read(async (sdk) => {
      const query = { page: 0, per_page: 1, include_totals: true, fields: 'client_id' };
      const { response, rawResponse } = await sdk.clients.list(query);
      const scopes = scopesInToken(await token.current());
      const date = Date.parse(rawResponse.headers.get('date') ?? '');
      return {
        applications: answerOf<{ total: number }>(response).total,
        clockOffsetMs: Number.isNaN(date) ? undefined : date + HALF_A_SECOND_MS - Date.now(),
        scopes: scopes && [...scopes],
      };
    }),
});
