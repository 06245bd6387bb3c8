import type { IncomingHttpHeaders } from 'node:http';

const DEFAULT_MS = 300_000;
/** However long a document says that it is good, a change of it is seen after a day. */
const MAX_MS = 86_400_000;

/** How long an answer may be used again without asking (RFC 9111 sections 4.2 and 5.2.2), as a cache that many share; 0: not at all. */
export function freshForMs(headers: IncomingHttpHeaders, now = Date.now()): number {
  const control = headers['cache-control'] ?? '';
  if (/(^|[\s,])(no-store|no-cache|private)($|[\s,=])/i.test(control)) return 0;
  const seconds = /(?:^|[\s,])s-maxage="?(\d+)/i.exec(control) ?? /(?:^|[\s,])max-age="?(\d+)/i.exec(control);
  const ageMs = Number(headers['age'] ?? 0) * 1000 || 0;
  if (seconds) return within(Number(seconds[1]) * 1000 - ageMs);
  const expires = headers['expires'];
  if (expires === undefined) return DEFAULT_MS;
  // One that is no date means the past (section 5.3); to `Date.parse`, `0` is a year.
  const until = /^[A-Z][a-z]{2}/.test(expires) ? Date.parse(expires) || 0 : 0;
  return within(until - (Date.parse(headers['date'] ?? '') || now) - ageMs);
}

function within(ms: number): number {
  return Math.min(Math.max(ms, 0), MAX_MS);
}
