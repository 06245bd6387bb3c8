/**
 * The one reader of date-times that callers send. What it reads is what `format: date-time` lets pass, so that a value that was
 * validated never fails later. Imports nothing of ours.
 */

/** `date-time` of RFC 3339 section 5.6, which lets `t` and `z` be lower case; of a fraction any number of digits. */
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)t([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;

/** The last millisecond of the year 9999 in UTC: one more needs five digits, which RFC 3339 doesn't have. */
export const LAST_INSTANT = 253_402_300_799_999;

export const INSTANT_RULE =
  'must be a date-time of RFC 3339 with its offset, from 1970 to 9999 in UTC, with seconds from 00 to 59 (a `+` in a query is sent as `%2B`)';

const A_MINUTE_MS = 60_000;

/**
 * @returns milliseconds since 1970, what is finer cut off; undefined for what is no instant here: another form, a day that its month
 * doesn't have, no offset, before 1970 or past 9999 in UTC, and a leap second (`:60`), which neither ECMAScript nor Redis can name
 */
export function readInstant(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours = '0', minutes = '0'] =
    DATE_TIME.exec(text) ?? [];
  if (year === undefined) return undefined;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = new Date(0);
  // Not `Date.UTC`: that takes the years 0 to 99 for those of the twentieth century.
  local.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A day that its month doesn't have has become one of another month.
  if (local.getUTCMonth() !== Number(month) - 1) return undefined;
  const atLocal = local.setUTCHours(Number(hour), Number(minute), Number(second), ms);
  const offset = (Number(hours) * 60 + Number(minutes)) * A_MINUTE_MS;
  const instant = sign === '-' ? atLocal + offset : atLocal - offset;
  return instant >= 0 && instant <= LAST_INSTANT ? instant : undefined;
}

/** Of a text that was validated as `date-time`. @throws RangeError for any other */
export function instantOf(text: string): number {
  const instant = readInstant(text);
  if (instant === undefined) throw new RangeError('no instant, though it was validated as one');
  return instant;
}

/** The same instant as it is stored and compared as text: UTC, milliseconds, `Z`. @throws RangeError as `instantOf` */
export const inUtc = (text: string): string => new Date(instantOf(text)).toISOString();
