/** User imports through the API, and what became of their rows. */
import { expect } from 'chai';
import { until } from './api-keys.ts';
import { apiKey } from './callers.ts';
import { call, type Answer } from './client.ts';

export const types = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  json: 'application/json',
} as const;

export interface Sent {
  /** A key of acme when left out. */
  as?: string;
  type?: keyof typeof types;
  charset?: string | undefined;
  isGzip?: boolean | undefined;
  query?: string;
  headers?: Record<string, string>;
  api?: 0 | 1;
  /** Address of an API process of the test's own. */
  at?: string;
}

export async function upload(body: string | Uint8Array | object[], sent: Sent = {}): Promise<Answer> {
  const { as, type = 'ndjson', charset, isGzip, query = '', headers, ...where } = sent;
  return call('POST', `/v1/user-imports${query}`, {
    as: as ?? (await apiKey('acme')),
    body: Array.isArray(body) ? ndjsonOf(body) : body,
    headers: {
      'content-type': types[type] + (charset ? `; charset=${charset}` : ''),
      ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
      ...headers,
    },
    ...where,
  });
}

export const ndjsonOf = (rows: object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

/** @returns path of the import */
export async function accepted(body: string | Uint8Array | object[], sent: Sent = {}): Promise<string> {
  const answer = await upload(body, sent);
  expect(answer.status, JSON.stringify(answer.body)).to.equal(202);
  return answer.headers.get('location')!;
}

export async function stateOf(path: string, as?: string): Promise<Answer['body']> {
  const { status, body } = await call('GET', path, { as: as ?? (await apiKey('acme')) });
  expect(status).to.equal(200);
  return body;
}

/** Waits for the import to have ended. @returns its state */
export async function ended(path: string, as?: string): Promise<Answer['body']> {
  let state: Answer['body'];
  await until(async () => {
    state = await stateOf(path, as);
    return state.status === 'completed' || state.status === 'cancelled';
  });
  return state;
}

interface RowFault {
  code: string;
  message: string;
  pointer?: string;
}

export interface ListedRow {
  row: number;
  status: string;
  email?: string;
  user_id?: string;
  line?: number;
  error?: RowFault;
  errors?: RowFault[];
}

/** All pages of them. */
export async function rowsOf(path: string, query = '', as?: string): Promise<ListedRow[]> {
  const rows: ListedRow[] = [];
  for (let page: string | undefined = `${path}/rows?limit=1000${query}`; page;) {
    const { status, body, headers } = await call('GET', page, { as: as ?? (await apiKey('acme')) });
    expect(status).to.equal(200);
    rows.push(...(body.rows as ListedRow[]));
    page = /<([^>]+)>/.exec(headers.get('link') ?? '')?.[1];
  }
  return rows;
}
