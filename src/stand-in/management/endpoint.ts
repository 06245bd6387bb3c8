import type { LogBook } from '../log-book.ts';
import type { Mails } from '../mails.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Settings } from '../settings.ts';
import type { ImportRunner } from './jobs/import-runner.ts';
import type { Store } from '../store/store.ts';

/** What endpoints work with. */
export interface ManagementServices {
  store: Store;
  logs: LogBook;
  mails: Mails;
  settings: Settings;
  /** As they are now: another plan makes new ones. */
  limits: () => RateLimits;
  imports: ImportRunner;
  /** The issuer, with a slash at its end. */
  issuer: string;
  now: () => number;
}

export interface Caller {
  clientId: string;
  subject: string;
  scopes: ReadonlySet<string>;
}

/** The parts of a form, by name; files as text. */
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
  /** The body, where it is text already. */
  json?: string;
  headers?: Record<string, string>;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One operation of the Management API. */
export interface Endpoint {
  method: Method;
  /** Below `/api/v2`, with `{name}` for what varies. */
  path: string;
  /** Any one of them is enough. */
  scopes: readonly string[];
  /** A form of parts instead of JSON, and no more than so many bytes. */
  form?: { bytesMax: number };
  /** What the log calls it; left out for reads, which are not logged. */
  logAs?: string;
  answer: (call: Call) => Answer | Promise<Answer>;
}

export const NO_CONTENT: Answer = { status: 204 };
