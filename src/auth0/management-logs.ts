/** Calls for the tenant log. Part of `management.ts`. */
import { answerOf, type ManagementTransport } from './management-transport.ts';

/** The members of a log event that we read (recorded; Auth0 docs, "Log event type codes"). */
export interface Auth0LogEvent {
  log_id: string;
  /** ISO 8601. */
  date: string;
  type: string;
  client_id?: string | null;
  user_id?: string | null;
  details?: unknown;
}

/** Auth0's largest page. */
export const LOGS_PER_PAGE = 100;

export interface LogCalls {
  /** After an event, in the order of recording. */
  listLogsAfter(logId: string): Promise<Auth0LogEvent[]>;
  /** @param time ISO 8601. @returns the first event then or later; undefined: there is none yet */
  findFirstLog(time: string): Promise<Auth0LogEvent | undefined>;
}

export function logCalls({ read }: ManagementTransport): LogCalls {
  return {
    // The SDK has no parameters for reading from a checkpoint, for which Auth0 ignores all others.
    listLogsAfter: (from) =>
      read(async (sdk) => {
        const found = await sdk.logs.list({}, { queryParams: { from, take: LOGS_PER_PAGE } });
        return logsIn(found.response);
      }),
    findFirstLog: (time) =>
      read(async (sdk) => {
        const q = `date:[${time} TO *]`;
        const found = await sdk.logs.list({ per_page: 1, sort: 'date:1' }, { queryParams: { q } });
        return logsIn(found.response)[0];
      }),
  };
}

/** A list, or an object with one, as parameters say. */
function logsIn(response: unknown): Auth0LogEvent[] {
  if (Array.isArray(response)) return answerOf(response);
  return answerOf<{ logs?: Auth0LogEvent[] }>(response).logs ?? [];
}
