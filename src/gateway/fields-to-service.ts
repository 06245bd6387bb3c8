/**
 * Header fields of a request on its way to a service. It gets what the caller sent, without the caller's credential and
 * without anything that claims what only this gateway may say.
 */
import { isOfConnection, namedByConnection } from './connection-fields.ts';
import { withoutOwnCookies } from './own-cookies.ts';
import { valueOf } from './raw-fields.ts';
import type { Service } from './service.ts';
import { withoutOwnProtocols } from './web-socket-protocols.ts';

/** Of a request. */
export interface RequestFacts {
  requestId: string;
  /** Address of the client, as a socket or a trusted proxy reports it; '' when it is unknown. */
  address: string;
}

/** Alternately a name and its value. */
type Fields = string[];

/** Passed on as they are; the list only saves a look at each of them. */
const USUAL = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'baggage',
  'cache-control',
  'content-encoding',
  'content-type',
  'if-match',
  'if-none-match',
  'idempotency-key',
  'origin',
  'range',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'traceparent',
  'tracestate',
  'user-agent',
]);

/** `Connection` must not name them (RFC 9110 section 7.6.1): the service would read other content than was checked. */
const OF_THE_CONTENT = new Set(['content-encoding', 'content-type']);

const DROPPED = new Set([
  // Credentials (RFC 9110 section 11.6.2, RFC 9449), and what the length and the host are said with anew.
  'authorization',
  'dpop',
  'content-length',
  'expect',
  'host',
  // Who calls, by plain fields.
  'x-caller-kind',
  'x-client-id',
  'x-request-id',
  'x-roles',
  'x-scopes',
  'x-tenant-id',
  'x-user-id',
  // Where the request comes from.
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'fastly-client-ip',
  'forwarded',
  'true-client-ip',
  'via',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-real-ip',
  // Frameworks take these for the method or the path: the operation would be another than the one that was authorized.
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-rewrite-url',
]);
const DROPPED_BEGINNINGS = ['trivium-', 'x-forwarded-', 'x-original-'];

/** Many programs take all of these for `-` or `_` (RFC 3875 section 4.1.18 has only upper case letters and `_`). */
const OTHER_CHARACTERS = /[^a-z\d-]/g;

/** @param publicUrl of this API */
export function createFieldsToService(
  {
    answers,
    cookies,
    prefix,
    stripsPrefix,
  }: Pick<Service, 'answers' | 'cookies' | 'prefix' | 'stripsPrefix'>,
  publicUrl: string,
): (raw: readonly string[], facts: RequestFacts) => Fields {
  const { host, protocol } = new URL(publicUrl);
  const proto = protocol.slice(0, -1);
  // Not the caller's `Host`, which could be anything.
  const origin = `;host="${host}";proto=${proto}`;
  const constant = ['X-Forwarded-Host', host, 'X-Forwarded-Proto', proto];
  if (stripsPrefix) constant.push('X-Forwarded-Prefix', prefix);

  return (raw, { requestId, address }) => {
    const client = withoutZone(address);
    const fields = [
      'X-Request-Id',
      requestId,
      'Forwarded',
      `for=${nodeOf(client)}${origin}`,
      'X-Forwarded-For',
      client === '' ? 'unknown' : client,
      'Via',
      viaOf(raw),
      ...constant,
    ];
    copyFields(raw, { cookies, isPlain: answers !== 'off' }, fields);
    return fields;
  };
}

/** @param isPlain answers without a content coding are asked for, as they are read here */
function copyFields(
  raw: readonly string[],
  { cookies, isPlain }: { cookies: boolean; isPlain: boolean },
  into: Fields,
): void {
  const named = namedByConnection(valueOf(raw, 'connection'));
  for (let i = 0; i < raw.length; i += 2) {
    const given = raw[i]!;
    const value = raw[i + 1]!;
    const name = given.toLowerCase();
    if (isPlain && name === 'accept-encoding') continue;
    if (named?.has(name) && !OF_THE_CONTENT.has(name)) continue;
    if (name === 'cookie') {
      const kept = cookies ? withoutOwnCookies(value) : '';
      if (kept !== '') into.push(given, kept);
    } else if (name === 'sec-websocket-protocol') {
      const kept = withoutOwnProtocols(value);
      if (kept !== '') into.push(given, kept);
    } else if (USUAL.has(name) || isPassed(name, value)) into.push(given, value);
  }
}

function isPassed(name: string, value: string): boolean {
  // Trailers of the answer are passed on; other transfer codings are none of the caller's business.
  if (name === 'te') return /^trailers$/i.test(value.trim());
  const plain = name.replaceAll(OTHER_CHARACTERS, '-');
  if (DROPPED.has(plain) || isOfConnection(plain) || plain === 'cookie') return false;
  // It could replace the one that was checked.
  if (plain !== name && USUAL.has(plain)) return false;
  return !DROPPED_BEGINNINGS.some((beginning) => plain.startsWith(beginning));
}

/** RFC 9110 section 7.6.3. */
function viaOf(raw: readonly string[]): string {
  const given = valueOf(raw, 'via');
  return given === undefined ? '1.1 trivium' : `${given}, 1.1 trivium`;
}

/** RFC 7239 section 6. */
function nodeOf(address: string): string {
  if (address === '') return 'unknown';
  return address.includes(':') ? `"[${address}]"` : address;
}

/** IPv4 in IPv6, as sockets report it, becomes IPv4; the zone of a link-local address says nothing elsewhere. */
function withoutZone(address: string): string {
  if (address.startsWith('::ffff:') && address.includes('.')) return address.slice('::ffff:'.length);
  const zone = address.indexOf('%');
  return zone < 0 ? address : address.slice(0, zone);
}
