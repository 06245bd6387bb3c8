import { STATUS_CODES, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Distribution, Effect, When } from './fault.ts';
import type { FaultTable, Happening } from './fault-table.ts';

/** Wraps `handler` to apply faults. */
export function withFaults(faults: FaultTable, handler: RequestListener): RequestListener {
  return (request, response) => {
    if (faults.isEmpty) return void handler(request, response);
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const happenings = faults.take(request.method ?? 'GET', path);
    if (happenings.length === 0) return void handler(request, response);
    void happen(happenings, handler, request, response);
  };
}

async function happen(
  happenings: Happening[],
  handler: RequestListener,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const { effect } of happenings) if (effect.kind === 'latency') await delay(delayMs(effect.ms));
  const other = happenings.find(({ effect }) => effect.kind !== 'latency');
  if (!other) return void handler(request, response);
  const { effect, gone } = other;
  if (whenOf(effect) === 'before') {
    request.resume();
    return goWrong(effect, gone, request, response, Buffer.alloc(0));
  }
  const done = captured(response);
  handler(request, response);
  return goWrong(effect, gone, request, response, await done);
}

function whenOf(effect: Effect): When {
  if (effect.kind === 'cut') return 'after';
  return 'when' in effect && effect.when !== undefined ? effect.when : 'before';
}

/** Buffers the handler's response. @returns the complete body */
function captured(response: ServerResponse): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  return new Promise((resolve) => {
    Object.assign(response, {
      write: (chunk: unknown) => {
        keep(chunk);
        return true;
      },
      end: (chunk: unknown) => {
        keep(chunk);
        // Restores the prototype's methods.
        for (const name of ['write', 'end']) Reflect.deleteProperty(response, name);
        resolve(Buffer.concat(chunks));
        return response;
      },
    });
  });
}

function goWrong(
  effect: Effect,
  gone: AbortSignal,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Buffer,
): void {
  switch (effect.kind) {
    case 'drop':
      request.socket.destroy();
      return;
    case 'hang':
      gone.addEventListener('abort', () => request.socket.destroy(), { once: true });
      return;
    case 'cut':
      response.setHeader('content-length', answer.length);
      response.write(answer.subarray(0, effect.bytes ?? answer.length >> 1), () => request.socket.destroy());
      return;
    case 'rate_limit':
      return send(request, response, 429, undefined, {
        'x-ratelimit-limit': String(FAULTY_LIMIT),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1),
        ...(effect.retryAfter !== undefined && { 'retry-after': String(effect.retryAfter) }),
      });
    case 'answer':
      return send(request, response, effect.status ?? 500, effect.body, effect.headers ?? {});
    case 'latency':
      return;
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string>,
): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const text = JSON.stringify(body ?? bodyFor(request, status));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** Public reports of both 429s; the 500 of the Management API is hapi's, that of the other endpoints guessed. */
function bodyFor(request: IncomingMessage, status: number): object {
  const isLimit = status === 429;
  if (request.url?.startsWith('/api/v2/'))
    return {
      statusCode: status,
      error: STATUS_CODES[status],
      message: isLimit ? 'Global limit has been reached' : 'An internal server error occurred',
      ...(isLimit && { errorCode: 'too_many_requests' }),
    };
  return isLimit
    ? { error: 'too_many_requests', error_description: 'Global limit has been reached' }
    : { error: 'server_error', error_description: 'An internal server error occurred' };
}

/** Bucket size in the headers of a 429 on demand: Auth0 always sends one. */
const FAULTY_LIMIT = 10;

/** Distance of a normal distribution's 99th percentile from its mean, in standard deviations. */
const P99_DEVIATIONS = 2.326;

function delayMs(ms: number | Distribution): number {
  if (typeof ms === 'number') return ms;
  const deviation = Math.log(ms.p99 / ms.median) / P99_DEVIATIONS;
  return ms.median * Math.exp(deviation * normal());
}

/** A normally distributed random number (Box-Muller transform). */
function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
