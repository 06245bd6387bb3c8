/** Maps the addresses in a service's answers (`Location`, `Content-Location`) to those that its callers know. */
import type { Service } from './service.ts';

/**
 * A path, or an address of the service itself, points into the service and gets the public prefix where the service
 * does not see it. All others, the public address among them, stay as they are.
 */
export function createLocationMap({
  urls,
  prefix,
  stripsPrefix,
}: Pick<Service, 'urls' | 'prefix' | 'stripsPrefix'>): (location: string) => string {
  const bases = urls.map((url) => new URL(url));
  const origins = bases.map(({ origin }) => origin.toLowerCase());
  const basePaths = bases.map(({ pathname }) => pathname.replace(/\/$/, '')).filter((path) => path !== '');
  const publicBase = stripsPrefix ? prefix : '';

  return (location) => {
    const path = isPath(location) ? location : pathAt(origins, location);
    if (path === undefined) return location;
    const base = basePaths.find((one) => isWithin(path, one)) ?? '';
    return `${publicBase}${path.slice(base.length)}` || '/';
  };
}

/** RFC 3986 section 4.2: `//` begins a host. */
const isPath = (location: string): boolean => location.startsWith('/') && !location.startsWith('//');

/** @returns undefined when it is not at one of these origins */
function pathAt(origins: readonly string[], location: string): string | undefined {
  const lower = location.toLowerCase();
  const origin = origins.find((one) => isWithin(lower, one));
  if (origin === undefined) return undefined;
  const path = location.slice(origin.length);
  return path.startsWith('/') ? path : `/${path}`;
}

const isWithin = (text: string, beginning: string): boolean =>
  text.startsWith(beginning) && /^(?:$|[/?#])/.test(text.slice(beginning.length));
