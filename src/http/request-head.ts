/** What the first lines of a request must be before anything of it is used (RFC 9112 section 3); Node's parser lets more pass. */
import type { IncomingMessage } from 'node:http';

/** RFC 3986 section 3.2, without user info (RFC 9110 section 4.2.4). */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i;
const ABSOLUTE = /^https?:\/\/([^/?]*)(.*)$/i;
/** Printable ASCII but `#`. More than RFC 3986 has: browsers send `|`, `[` and others as they are. */
const VISIBLE = /^[\x21\x22\x24-\x7E]*$/;

/**
 * @returns the request target in origin-form (`/path?query`), or `*`; undefined when it is none. Nothing of the path is normalized:
 * what stands behind a proxy's rule for a path must be what is called here
 */
export function readTarget({ url = '', method }: IncomingMessage): string | undefined {
  if (!VISIBLE.test(url)) return undefined;
  if (url.startsWith('/')) return url;
  // Section 3.2.4: the server as a whole.
  if (url === '*') return method === 'OPTIONS' ? url : undefined;
  const [, authority = '', rest = ''] = ABSOLUTE.exec(url) ?? [];
  if (authority === '' || !AUTHORITY.test(authority)) return undefined;
  if (rest.startsWith('/')) return rest;
  return rest === '' && method === 'OPTIONS' ? '*' : `/${rest}`;
}

/** @returns what is wrong with its fields; undefined when nothing is */
export function headFault({ httpVersion, rawHeaders, headers }: IncomingMessage): string | undefined {
  let hosts = 0;
  // Node keeps the first of several and drops the others.
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]!.toLowerCase() === 'host') hosts += 1;
  if (hosts > 1) return 'There is more than one Host field.';
  if (hosts === 0 && httpVersion === '1.1') return 'There is no Host field.';
  if (!AUTHORITY.test(headers.host ?? '')) return 'The Host field holds no host.';
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.trim().toLowerCase() !== 'chunked')
    return 'No transfer coding but chunked is read.';
  return undefined;
}
