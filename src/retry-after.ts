/** The three forms of an HTTP date (RFC 9110 section 5.6.7); the last one has no zone, and is in GMT, too. */
const HTTP_DATE = /^(?:\w{3}, \d\d \w{3} \d{4}|\w{6,9}, \d\d-\w{3}-\d\d) \d\d:\d\d:\d\d GMT$/;
const ASCTIME = /^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/**
 * Parses `Retry-After` (RFC 9110 section 10.2.3): seconds, or a date.
 * @param date `Date` of the same answer, the clock that a date refers to; absent: our clock
 * @returns how long to wait, ms; undefined when it is absent or invalid
 */
export function readRetryAfter(field: string | undefined, date?: string): number | undefined {
  const text = field?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = readHttpDate(text);
  return until === undefined ? undefined : Math.max(0, until - (readHttpDate(date) ?? Date.now()));
}

/** @returns ms since 1970; undefined when it is not an HTTP date */
export function readHttpDate(field = ''): number | undefined {
  const text = field.trim();
  const ms = HTTP_DATE.test(text) ? Date.parse(text) : ASCTIME.test(text) ? Date.parse(`${text} GMT`) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
