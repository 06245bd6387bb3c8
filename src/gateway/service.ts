/** The operator's own services behind the gateway, as `SERVICES` declares them. */
import type { Pattern } from '../contract/patterns/linear-patterns.ts';

/** Callers that an operation can be opened to, as security schemes of the contract are named. */
export type GatewayCaller = 'user' | 'apiKey' | 'app';

export interface Service {
  /** Lower-case name: `aud` of its principal tokens, and the first part of its operations' ids. */
  name: string;
  /** Base addresses, taken in turn; those that fail are left out for a while. Without a trailing slash. */
  urls: readonly string[];
  /** First segments of the public path, without a trailing slash: `/orders`. */
  prefix: string;
  /** Whether the service gets the path without the prefix. */
  stripsPrefix: boolean;
  /** PEM certificates that its TLS certificate is verified against, instead of the public ones. */
  ca: string | undefined;
  /** What becomes of answers that break its contract. */
  answers: 'off' | 'log' | 'enforce';
  /** Whether it gets the caller's cookies, and may set some. */
  cookies: boolean;
  /** Whether it gets the principal as plain header fields (`X-Tenant-Id`, …), too. */
  plainFields: boolean;
  /** That its operations are opened with. Of what a caller holds it is told no others. */
  scopes: ReadonlySet<string>;
  /** Requests that it is sent at the same time by one process; more are refused. */
  concurrency: number;
  /** Time to connect. */
  connectMs: number;
}

export interface ServiceOperation {
  service: Service;
  /** In the service's own document. */
  operationId: string;
  /** In the merged contract: `orders.listOrders`. */
  id: string;
  method: string;
  /** Path template at the service, without the public prefix. */
  path: string;
  /**
   * Paths that match this one's template, too, and that the service takes for another operation. Decoded, and without
   * matrix parameters (RFC 3986 section 3.3).
   */
  competing: readonly Pick<Pattern, 'test'>[];
  /** Until the first byte of the answer, counted from when the whole request was sent. */
  firstByteMs: number;
  /** Longest gap between two chunks, in either direction. */
  idleMs: number;
  /** Its answer is passed on as it comes, and ends when its caller is revoked. */
  isStream: boolean;
  /** Requests may switch to WebSocket (RFC 6455). */
  isWebSocket: boolean;
  /** Requests with an `Idempotency-Key` are sent once; their repetitions get the kept answer. */
  keepsAnswers: boolean;
  /** The longest request body. */
  maxBytes: number;
}

/** @returns of these scopes, those that the service has to do with */
export const scopesOf = (service: Pick<Service, 'scopes'>, held: readonly string[]): string[] =>
  held.filter((scope) => service.scopes.has(scope));
