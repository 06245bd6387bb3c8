/** Header fields of one connection only: a gateway passes none of them on (RFC 9110 section 7.6.1). */

/** `Proxy` is no field of HTTP, but an environment variable of CGI programs (CVE-2016-5385). */
const OF_A_CONNECTION = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** @param name lower case */
export const isOfConnection = (name: string): boolean =>
  OF_A_CONNECTION.has(name) || name.startsWith('proxy-');

/**
 * The fields that `Connection` names beside those above.
 * @param field its value; undefined: there is none
 * @returns names in lower case; undefined: none
 */
export function namedByConnection(field: string | undefined): ReadonlySet<string> | undefined {
  if (field === undefined || isPlain(field)) return undefined;
  return new Set(field.split(',').map((option) => option.trim().toLowerCase()));
}

/** Nearly all. */
const isPlain = (field: string): boolean =>
  field === 'keep-alive' || field === 'close' || field === 'Keep-Alive' || field === '';
