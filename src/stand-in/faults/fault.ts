/** A fault on demand. Times in milliseconds. */
export interface Fault {
  /** Left out: any. */
  method?: string;
  /** As in `/api/v2/users/{id}`; `*` at the end matches the rest. Left out: any. */
  path?: string;
  /** Number of matching requests to skip first; left out: none. */
  skip?: number;
  /** Number of affected requests after that; left out: all, until the fault is removed. */
  times?: number;
  effect: Effect;
}

/** Before or after the request has been processed. Left out: before. */
export type When = 'before' | 'after';

export type Effect =
  | { kind: 'latency'; ms: number | Distribution }
  /** 429; `retryAfter` in seconds, left out: no such header. */
  | { kind: 'rate_limit'; retryAfter?: number }
  /** Any answer; left out: 500 in Auth0's form. */
  | { kind: 'answer'; status?: number; body?: unknown; headers?: Record<string, string>; when?: When }
  /** The connection ends without an answer. */
  | { kind: 'drop'; when?: When }
  /** The answer of a processed request is cut off after some of its bytes (left out: half of them). */
  | { kind: 'cut'; bytes?: number }
  /** No answer, until the caller disconnects or the fault is removed. */
  | { kind: 'hang'; when?: When };

/** Log-normal, like real latencies: most are near the median, few are much slower. */
export interface Distribution {
  median: number;
  p99: number;
}

const KINDS: readonly Effect['kind'][] = ['latency', 'rate_limit', 'answer', 'drop', 'cut', 'hang'];

/** @returns what is wrong with it, or undefined */
export function wrongWithFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'a fault is an object';
  const { method, path, skip, times, effect } = value;
  if (method !== undefined && typeof method !== 'string') return 'method must be text';
  if (path !== undefined && !(typeof path === 'string' && path.startsWith('/')))
    return 'path must begin with a slash';
  if (skip !== undefined && !isCount(skip)) return 'skip must be a whole number';
  if (times !== undefined && !(isCount(times) && times > 0)) return 'times must be a whole number above 0';
  if (!isObject(effect) || !KINDS.includes(effect['kind'] as Effect['kind']))
    return `effect.kind must be one of ${KINDS.join(', ')}`;
  const { when, ms, status, retryAfter, bytes } = effect;
  if (when !== undefined && when !== 'before' && when !== 'after')
    return 'effect.when must be before or after';
  if (effect['kind'] === 'latency' && !isDelay(ms)) return 'effect.ms must be milliseconds, or {median, p99}';
  if (status !== undefined && !(isCount(status) && status >= 200 && status <= 599))
    return 'effect.status must be 200 to 599';
  if (retryAfter !== undefined && !isCount(retryAfter)) return 'effect.retryAfter must be whole seconds';
  if (bytes !== undefined && !isCount(bytes)) return 'effect.bytes must be a whole number';
  return undefined;
}

function isDelay(ms: unknown): boolean {
  if (isObject(ms)) return isPositive(ms['median']) && isPositive(ms['p99']) && ms['p99'] >= ms['median'];
  return isPositive(ms) || ms === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
