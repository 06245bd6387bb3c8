/**
 * The one parser of date-times from callers. It accepts exactly what `format: date-time` accepts, so that a validated
 * value never fails later. Imports nothing of ours.
 */

/**
 * `date-time` of RFC 3339 section 5.6: `t` and `z` may be lower case, and the fraction may have any number of digits.
 */
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)t([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;

/** The last millisecond of the year 9999 in UTC: one more needs five digits, which RFC 3339 doesn't have. */
export const LAST_INSTANT = 253_402_300_799_999;

export const INSTANT_RULE =
  'must be an RFC 3339 date-time with an offset, from 1970 to 9999 in UTC, with seconds from 00 to 59 (in a query, send `+` as `%2B`)';

const A_MINUTE_MS = 60_000;

/**
 * @returns milliseconds since 1970, truncated; undefined for another form, a day that its month does not have, a
 * missing offset, a time before 1970 or after 9999 in UTC, and a leap second (`:60`), which neither ECMAScript nor
 * Redis can represent
 */
export function readInstant(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours = '0', minutes = '0'] =
    DATE_TIME.exec(text) ?? [];
  if (year === undefined) return undefined;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = new Date(0);
  // Not `Date.UTC`: it maps the years 0 to 99 to 1900 to 1999.
  local.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // An overflowing day has moved into the next month.
  if (local.getUTCMonth() !== Number(month) - 1) return undefined;
  const atLocal = local.setUTCHours(Number(hour), Number(minute), Number(second), ms);
  const offset = (Number(hours) * 60 + Number(minutes)) * A_MINUTE_MS;
  const instant = sign === '-' ? atLocal + offset : atLocal - offset;
  return instant >= 0 && instant <= LAST_INSTANT ? instant : undefined;
}

/** For text that was validated as `date-time`. @throws RangeError for any other */
export function instantOf(text: string): number {
  const instant = readInstant(text);
  if (instant === undefined) throw new RangeError('not a date-time, though validated as one');
  return instant;
}

/**
 * The same instant in its stored form, which sorts as text: UTC, milliseconds, `Z`. @throws RangeError as `instantOf`
 */
export const inUtc = (text: string): string => new Date(instantOf(text)).toISOString();
