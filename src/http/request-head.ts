/**
 * Checks request line and header fields before anything uses them (RFC 9112 section 3); Node's parser is more lenient.
 */
import type { IncomingMessage } from 'node:http';
import { parseAddress } from '../addresses.ts';

/**
 * RFC 3986 section 3.2, without user info (RFC 9110 section 4.2.4): a bracketed IP literal or a name, and an optional
 * port.
 */
const AUTHORITY = /^(?:\[([\da-f]*:[\da-f:.]+)\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::(\d*))?$/i;
const MAX_PORT = 65_535;
const ABSOLUTE = /^https?:\/\/([^/?]*)(.*)$/i;
/** Printable ASCII except `#`. More lenient than RFC 3986: browsers send `|`, `[` and others unencoded. */
const VISIBLE = /^[\x21\x22\x24-\x7E]*$/;

/**
 * @returns the request target in origin-form (`/path?query`), or `*`; undefined when it is invalid. The path is not
 * normalized: a proxy in front that has rules for paths must see the same path as the router
 */
export function readTarget({
  url = '',
  method,
}: Pick<IncomingMessage, 'url' | 'method'>): string | undefined {
  if (!VISIBLE.test(url)) return undefined;
  if (url.startsWith('/')) return url;
  // Section 3.2.4: asterisk-form addresses the server as a whole.
  if (url === '*') return method === 'OPTIONS' ? url : undefined;
  const [, authority = '', rest = ''] = ABSOLUTE.exec(url) ?? [];
  if (authority === '' || !isAuthority(authority)) return undefined;
  if (rest.startsWith('/')) return rest;
  return rest === '' && method === 'OPTIONS' ? '*' : `/${rest}`;
}

/** @returns what is wrong with the HTTP version or header fields; undefined when they are valid */
export function headFault({ httpVersion, rawHeaders, headers }: IncomingMessage): string | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 'Only HTTP/1.1 and HTTP/1.0 are supported.';
  let hosts = 0;
  // Node keeps the first of several Host fields and drops the others.
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]?.toLowerCase() === 'host') hosts += 1;
  if (hosts > 1) return 'There is more than one Host field.';
  if (hosts === 0 && httpVersion === '1.1') return 'The Host field is missing.';
  if (!isAuthority(headers.host ?? '')) return 'The Host field is not a valid host.';
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return undefined;
  // Section 6.1: an intermediary may have framed the body differently.
  if (httpVersion === '1.0') return 'HTTP/1.0 has no transfer codings.';
  return coding.trim().toLowerCase() === 'chunked'
    ? undefined
    : 'The only supported transfer coding is chunked.';
}

/** Whether `Expect` holds an expectation that is not met (RFC 9110 section 10.1.1); Node handles `100-continue`. */
export function expectsMore({ httpVersion, headers: { expect = '' } }: IncomingMessage): boolean {
  return httpVersion === '1.1' && !/^\s*(?:100-continue)?\s*$/i.test(expect);
}

function isAuthority(text: string): boolean {
  const found = AUTHORITY.exec(text);
  if (!found) return false;
  const [, literal, port] = found;
  return (literal === undefined || parseAddress(literal) !== undefined) && Number(port ?? 0) <= MAX_PORT;
}
