import type { IncomingHttpHeaders } from 'node:http';

const DEFAULT_MS = 300_000;
/** Upper limit: a change is noticed after a day, whatever the headers say. */
const MAX_MS = 86_400_000;

/** Lifetime of a response in a shared cache without revalidation (RFC 9111 sections 4.2 and 5.2.2); 0: not cacheable. */
export function freshForMs(headers: IncomingHttpHeaders, now = Date.now()): number {
  const control = headers['cache-control'] ?? '';
  if (/(^|[\s,])(no-store|no-cache|private)($|[\s,=])/i.test(control)) return 0;
  const seconds = /(?:^|[\s,])s-maxage="?(\d+)/i.exec(control) ?? /(?:^|[\s,])max-age="?(\d+)/i.exec(control);
  const ageMs = Number(headers['age'] ?? 0) * 1000 || 0;
  if (seconds) return within(Number(seconds[1]) * 1000 - ageMs);
  const expires = headers['expires'];
  if (expires === undefined) return DEFAULT_MS;
  // An invalid date means the past (section 5.3); `Date.parse` takes `0` for a year.
  const until = /^[A-Z][a-z]{2}/.test(expires) ? Date.parse(expires) || 0 : 0;
  return within(until - (Date.parse(headers['date'] ?? '') || now) - ageMs);
}

function within(ms: number): number {
  return Math.min(Math.max(ms, 0), MAX_MS);
}
