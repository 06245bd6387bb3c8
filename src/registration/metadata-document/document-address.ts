/**
 * Validates the URL of a client id metadata document, which is the app's client id (draft-ietf-oauth-client-id-metadata-document-02
 * section 3; Auth0 docs, "CIMD URL validation rules", which are stricter).
 */
import { Problem } from '../../problem.ts';

/** `on`: as in production. `loopback`: also documents on this machine, over plain http; for development only. */
export type DocumentsFrom = 'on' | 'loopback';

/** Auth0's limit. */
const MAX_BYTES = 120;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Client ids assigned by Auth0 never look like this. */
export function isDocumentAddress(clientId: string): boolean {
  return /^https?:/i.test(clientId);
}

/**
 * Accepts only the normalized form of a URL, as `URL` produces it: then what is compared, what is fetched and what Auth0 stores cannot
 * differ. This also excludes hosts in octal, decimal or hexadecimal, and dot segments.
 * @throws Problem `invalid_client`
 */
export function checkDocumentAddress(clientId: string, from: DocumentsFrom): URL {
  if (Buffer.byteLength(clientId) > MAX_BYTES) throw wrong(`is longer than ${MAX_BYTES} bytes`);
  if (!URL.canParse(clientId)) throw wrong('is no URL');
  const url = new URL(clientId);
  if (url.protocol !== 'https:' && !(from === 'loopback' && LOOPBACK.has(url.hostname)))
    throw wrong('is not https');
  if (url.username || url.password) throw wrong('has credentials');
  if (/[?#]/.test(clientId)) throw wrong('has a query or a fragment');
  if (url.pathname === '/') throw wrong('has no path');
  if (/%(?![0-9a-f]{2})/i.test(clientId)) throw wrong('has a bad percent-encoding');
  if (url.port === '0') throw wrong('has port 0');
  if (url.href !== clientId) throw wrong('is not in its normal form');
  if (from !== 'loopback' && LOOPBACK.has(url.hostname)) throw wrong('is on this machine');
  return url;
}

function wrong(why: string): Problem {
  return new Problem('invalid_client', { detail: `client_id ${why}.` });
}
