/** Answers of Auth0 as plain records. */

export type Json = Record<string, unknown>;

const WAIT_MAX_SECONDS = 60;

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const recordOf = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

/** A part of a token whose signature others check. @param index 0: header, 1: claims */
export const tokenPart = (token: string, index: 0 | 1): Json | undefined =>
  recordOf(parsed(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8')));

/** Lists are arrays, or objects that contain one. */
export function itemsOf(answer: unknown, name: string): Json[] {
  const items: unknown = Array.isArray(answer) ? answer : recordOf(answer)?.[name];
  return Array.isArray(items) ? items.map(recordOf).filter((item) => item !== undefined) : [];
}

/** `Retry-After` in seconds, or when the bucket is full again (epoch seconds). */
export function secondsToWait(headers: Headers): number {
  const after = Number(headers.get('retry-after') ?? Number.NaN);
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) - Date.now() / 1000;
  const seconds = [after, reset].find((one) => Number.isFinite(one)) ?? 1;
  return Math.min(Math.max(Math.ceil(seconds), 1), WAIT_MAX_SECONDS);
}
