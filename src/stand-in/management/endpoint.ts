import type { LogBook } from '../log-book.ts';
import type { Mails } from '../mails.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Settings } from '../settings.ts';
import type { Deliveries } from '../events/deliveries.ts';
import type { ImportRunner } from './jobs/import-runner.ts';
import type { Store } from '../store/store.ts';

/** Dependencies of the endpoints. */
export interface ManagementServices {
  store: Store;
  logs: LogBook;
  mails: Mails;
  settings: Settings;
  /** Current limits: a change of plan replaces them. */
  limits: () => RateLimits;
  imports: ImportRunner;
  deliveries: Deliveries;
  /** The issuer, with a trailing slash. */
  issuer: string;
  now: () => number;
}

export interface Caller {
  clientId: string;
  subject: string;
  scopes: ReadonlySet<string>;
}

/** The parts of a multipart form, by name; files as text. */
export type FormParts = Readonly<Record<string, string>>;

export interface Call extends ManagementServices {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
  caller: Caller;
}

export interface Answer {
  status: number;
  body?: unknown;
  /** The body, if it is serialised already. */
  json?: string;
  headers?: Record<string, string>;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One operation of the Management API. */
export interface Endpoint {
  method: Method;
  /** Below `/api/v2`, with `{name}` for parameters. */
  path: string;
  /** Any one of them suffices. */
  scopes: readonly string[];
  /** Expects a multipart form instead of JSON, of limited size. */
  form?: { bytesMax: number };
  /** Description in the log; left out for reads, which are not logged. */
  logAs?: string;
  /** May lead to a mail, whose links have a domain of the account. */
  hasLinks?: true;
  answer: (call: Call) => Answer | Promise<Answer>;
}

export const NO_CONTENT: Answer = { status: 204 };
