/**
 * Header fields of a service's answer on their way to the caller. What speaks for this API's origin or about the
 * caller's credential is ours; what describes the representation is the service's.
 */
import { mergedVary, privateCaching } from './answer-caching.ts';
import { mapLinks } from './answer-links.ts';
import { createLocationMap } from './answer-location.ts';
import { isOfConnection, namedByConnection } from './connection-fields.ts';
import { isOwnCookie } from './own-cookies.ts';
import { pairsOf, textOf } from './raw-fields.ts';
import type { Service } from './service.ts';

/** Alternately a name and its value. */
type Fields = string[];

/** Passed on as they are; the list only saves a look at each of them. */
const USUAL = new Set([
  'accept-ranges',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'etag',
  'last-modified',
]);

const DROPPED = new Set([
  // Challenges and limits of this API: those of the service are about a credential that no caller has.
  'authentication-info',
  'ratelimit',
  'ratelimit-policy',
  'www-authenticate',
  'x-request-id',
  // They hold for the whole origin, and services share it with this API's own pages (consent, sign-in).
  'alt-svc',
  'clear-site-data',
  'content-security-policy',
  'expect-ct',
  'nel',
  'public-key-pins',
  'public-key-pins-report-only',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'strict-transport-security',
  // They tell caches and proxies in front of this API what to do, past `Cache-Control`.
  'edge-control',
  'surrogate-control',
  'x-lighttpd-send-file',
  'x-sendfile',
  // What the service is made with is nobody's business.
  'server',
  'via',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-powered-by',
  'x-runtime',
]);
const DROPPED_BEGINNINGS = ['access-control-', 'trivium-', 'x-accel-'];

/** RFC 9110 section 6.5.1: a trailer that is needed to frame, route or understand the message comes too late. */
const NOT_IN_TRAILERS =
  /^(?:authorization|cache-control|content-(?:encoding|length|range|type)|host|location|content-location|max-forwards|set-cookie|vary)$/;

export interface FieldsToCaller {
  /** Of an answer that is passed on, ours included. @param raw names and values by turns */
  (raw: readonly Buffer[]): Fields;
  /** @returns pairs of name and value */
  trailers: (raw: readonly Buffer[]) => [string, string][];
  /** A value of `Link`. */
  links: (value: string) => string;
}

/** @param ours fields of each answer of the operation: alternately a name and its value */
export function createFieldsToCaller(
  service: Pick<Service, 'cookies' | 'urls' | 'prefix' | 'stripsPrefix'>,
  ours: readonly string[],
): FieldsToCaller {
  const { vary, isPrivate, constant, names } = prepared(ours);
  const toPublic = createLocationMap(service);
  const links = (value: string) => mapLinks(toPublic, value);
  const usual = new Set([...USUAL].filter((name) => !names.has(name)));
  const isPassed = (name: string, value: string): boolean => {
    if (name === 'set-cookie') return service.cookies && !isOwnCookie(value);
    if (names.has(name) || DROPPED.has(name) || isOfConnection(name)) return false;
    if (name.endsWith('-cache-control')) return false;
    return !DROPPED_BEGINNINGS.some((beginning) => name.startsWith(beginning));
  };

  const toCaller = (raw: readonly Buffer[]): Fields => {
    const theirs: Fields = [];
    let [theirVary, caching, connection] = ['', '', ''];
    for (let i = 0; i < raw.length; i += 2) {
      const given = raw[i]!.toString('latin1');
      const value = raw[i + 1]!.toString('latin1');
      const name = given.toLowerCase();
      if (name === 'vary') theirVary = joined(theirVary, value);
      else if (name === 'cache-control') caching = joined(caching, value);
      else if (name === 'connection') connection = joined(connection, value);
      else if (name === 'location' || name === 'content-location') theirs.push(given, toPublic(value));
      else if (name === 'link') theirs.push(given, links(value));
      else if (usual.has(name) || isPassed(name, value)) theirs.push(given, value);
    }
    const fields = constant.concat(without(namedByConnection(connection), theirs));
    const allVary = theirVary === '' ? vary : mergedVary(vary, theirVary);
    if (allVary !== '') fields.push('Vary', allVary);
    if (isPrivate) fields.push('Cache-Control', caching === '' ? 'no-store' : privateCaching(caching));
    else if (caching !== '') fields.push('Cache-Control', caching);
    return fields;
  };
  return Object.assign(toCaller, {
    trailers: (raw: readonly Buffer[]) =>
      pairsOf(textOf(raw)).flatMap(([given, value]): [string, string][] => {
        const name = given.toLowerCase();
        if (!isPassed(name, value) || NOT_IN_TRAILERS.test(name)) return [];
        return [[given, name === 'link' ? links(value) : value]];
      }),
    links,
  });
}

/** Of our fields, `Vary` and `Cache-Control` depend on the answer. */
function prepared(ours: readonly string[]) {
  const constant: string[] = [];
  const names = new Set<string>();
  let [vary, isPrivate] = ['', false];
  for (const [given, value] of pairsOf(ours)) {
    const name = given.toLowerCase();
    if (name === 'vary') vary = value;
    else if (name === 'cache-control') isPrivate = true;
    else {
      constant.push(given, value);
      names.add(name);
    }
  }
  // Two users of one browser have one cache.
  return { vary: isPrivate ? mergedVary(vary, 'Authorization') : vary, isPrivate, constant, names };
}

const joined = (before: string, value: string): string => (before === '' ? value : `${before}, ${value}`);

function without(names: ReadonlySet<string> | undefined, fields: Fields): Fields {
  if (!names) return fields;
  return pairsOf(fields).flatMap(([name, value]) => (names.has(name.toLowerCase()) ? [] : [name, value]));
}
