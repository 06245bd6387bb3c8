/**
 * The address of a client id metadata document, which is the app's client id (draft-ietf-oauth-client-id-metadata-document-02
 * section 3; Auth0 docs, "CIMD URL validation rules", which are stricter).
 */
import { Problem } from '../../problem.ts';

/** `on`: as in production. `loopback`: documents may also lie on this machine, with plain http; for development only. */
export type DocumentsFrom = 'on' | 'loopback';

/** Auth0 takes no longer ones. */
const MAX_BYTES = 120;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Ids that the authority gives out never look like this. */
export function isDocumentAddress(clientId: string): boolean {
  return /^https?:/i.test(clientId);
}

/**
 * Only one spelling of each address is good, the one that `URL` gives it: then what is compared, what is fetched and what the authority
 * knows cannot be three things. That also leaves no room for hosts in octal, decimal or hexadecimal, and for dot segments.
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
