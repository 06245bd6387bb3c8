/** Sends one message to an endpoint, and says how it went. */
import { ForbiddenAddress } from '../outside/pinned-lookup.ts';
import { requestOutside } from '../outside/request-outside.ts';
import type { Reach } from '../outside/request-outside.ts';

export interface SendOutcome {
  /** Left out: there was no answer. */
  status?: number;
  /** Why there was none. */
  error?: 'timeout' | 'address_refused' | 'unreachable';
  ms: number;
}

export interface SendRules extends Reach {
  /** Until the answer begins. */
  timeoutMs: number;
}

export async function send(
  url: string,
  body: string,
  fields: Record<string, string>,
  rules: SendRules,
): Promise<SendOutcome> {
  const started = performance.now();
  const signal = AbortSignal.timeout(rules.timeoutMs);
  const ms = () => Math.round(performance.now() - started);
  try {
    return { status: await post(new URL(url), body, fields, rules, signal), ms: ms() };
  } catch (error) {
    if (error instanceof ForbiddenAddress) return { error: 'address_refused', ms: ms() };
    return { error: signal.aborted ? 'timeout' : 'unreachable', ms: ms() };
  }
}

function post(
  url: URL,
  body: string,
  fields: Record<string, string>,
  reach: Reach,
  signal: AbortSignal,
): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Trivium-Webhooks/1',
    ...fields,
  };
  return new Promise((resolve, reject) => {
    const request = requestOutside(url, { method: 'POST', headers, signal }, reach);
    request.on('error', reject);
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      // What it says besides may be without an end.
      response.on('error', () => undefined).destroy();
    });
    request.end(body);
  });
}
