/** Sends one message to an endpoint, and says how it went. Redirects are not followed: they would lead past the rules for addresses. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { AddressRefused, publicLookup, refuseLiteral } from './public-address.ts';

export interface SendOutcome {
  /** undefined: there was no answer. */
  status: number | undefined;
  /** Why there was none. */
  error: 'timeout' | 'address_refused' | 'unreachable' | undefined;
  ms: number;
}

/** Until its answer begins. Standard Webhooks recommends 15 to 30 s; a receiver should only take it in. */
const TIMEOUT_MS = 15_000;

export async function send(
  url: string,
  message: { body: string; fields: Record<string, string> },
  allowsLoopback: boolean,
  timeoutMs = TIMEOUT_MS,
): Promise<SendOutcome> {
  const started = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  const ended = (outcome: Pick<SendOutcome, 'status' | 'error'>): SendOutcome => ({
    ...outcome,
    ms: Math.round(performance.now() - started),
  });
  try {
    return ended({ status: await post(new URL(url), message, allowsLoopback, signal), error: undefined });
  } catch (error) {
    const isRefused = error instanceof AddressRefused;
    return ended({
      status: undefined,
      error: isRefused ? 'address_refused' : signal.aborted ? 'timeout' : 'unreachable',
    });
  }
}

function post(
  url: URL,
  { body, fields }: { body: string; fields: Record<string, string> },
  allowsLoopback: boolean,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    refuseLiteral(url.hostname, allowsLoopback);
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      // A connection of its own: a kept one would not be looked at again.
      agent: false,
      lookup: publicLookup(allowsLoopback),
      signal,
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'Trivium-Webhooks/1',
        ...fields,
      },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      // What it says besides may be without an end.
      response.destroy();
    });
    request.end(body);
  });
}
