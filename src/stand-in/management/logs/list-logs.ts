import { compileQuery } from '../../search/match-query.ts';
import { parseQuery, QuerySyntaxError } from '../../search/parse-query.ts';
import type { LogEvent } from '../../store/records.ts';
import { ApiError, invalidQuery } from '../api-error.ts';
import type { Answer, Call, Endpoint } from '../endpoint.ts';
import { PER_PAGE_DEFAULT, PER_PAGE_MAX, readPage, wholeNumber } from '../query-values.ts';
import { logView } from './log-view.ts';

/** Auth0 docs, "Retrieve log events using the Management API". */
const RESULTS_MAX = 1_000;
const DEFAULT_FIELDS = ['type', 'description', 'client_id', 'client_name', 'user_id', 'user_name', 'ip'];
const SORT =
  /^(date|connection|client_id|client_name|ip|user_id|user_name|description|user_agent|type|strategy|strategy_type):(1|-1)$/;

export const listLogsEndpoint: Endpoint = {
  method: 'GET',
  path: '/logs',
  scopes: ['read:logs', 'read:logs_users'],
  answer: (call: Call): Answer => {
    const { query } = call;
    return query.has('from') || query.has('take') ? byCheckpoint(call) : byCriteria(call);
  },
};

/** Oldest first, after an event; a bare array with a Link header to the next page (recorded; documented). */
function byCheckpoint(call: Call): Answer {
  const { store, query, issuer } = call;
  const take = wholeNumber(query, 'take', 1, PER_PAGE_MAX) ?? PER_PAGE_DEFAULT;
  const from = query.get('from') ?? '';
  const events: LogEvent[] = [];
  for (const event of store.logs.values()) {
    // Ids increase with time, so a removed event still works as a checkpoint.
    if (event.log_id <= from) continue;
    events.push(event);
    if (events.length === take) break;
  }
  const last = events.at(-1);
  const next = last && `<${issuer}api/v2/logs?take=${take}&from=${last.log_id}>; rel="next"`;
  return {
    status: 200,
    body: events.map(logView(call)),
    ...(next !== undefined && { headers: { link: next } }),
  };
}

function byCriteria(call: Call): Answer {
  const { store, query } = call;
  const { start, limit, includeTotals } = readPage(query);
  if (start + limit > RESULTS_MAX)
    throw new ApiError(400, `You can only page through the first ${RESULTS_MAX} records.`, 'invalid_paging');
  const events = matching([...store.logs.values()].reverse(), query.get('q') ?? query.get('search'));
  const sort = query.get('sort');
  if (sort !== null && sort !== '') events.sort(order(sort));
  const logs = events.slice(start, start + limit).map(logView(call));
  if (!includeTotals) return { status: 200, body: logs };
  return {
    status: 200,
    body: { start, limit, length: logs.length, total: events.length, logs },
  };
}

function matching(events: LogEvent[], q: string | null): LogEvent[] {
  if (q === null || q.trim() === '') return events;
  try {
    return events.filter(compileQuery(parseQuery(q), DEFAULT_FIELDS));
  } catch (error) {
    if (error instanceof QuerySyntaxError)
      throw new ApiError(400, `Failed to parse query: ${error.message}`, 'invalid_query_string');
    throw error;
  }
}

function order(sort: string): (a: LogEvent, b: LogEvent) => number {
  const [, field, direction] = SORT.exec(sort) ?? [];
  if (field === undefined)
    throw invalidQuery(`String does not match pattern ${SORT.source}: ${sort}`, 'sort');
  const key = field as keyof LogEvent;
  return (a, b) =>
    Number(direction) * (String(a[key]) < String(b[key]) ? -1 : String(a[key]) > String(b[key]) ? 1 : 0);
}
