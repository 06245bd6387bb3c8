import type { EndpointGroup } from '../plans.ts';

/** Path segments that are part of an endpoint's name; every other segment is an id, which may be personal. */
const FIXED_SEGMENTS = new Set([
  'users',
  'users-by-email',
  'jobs',
  'users-imports',
  'verification-email',
  'errors',
  'tickets',
  'password-change',
  'clients',
  'cimd',
  'register',
  'credentials',
  'rotate-secret',
  'client-grants',
  'grants',
  'connections',
  'resource-servers',
  'logs',
]);

const PREFIX = '/api/v2/';

const segmentsOf = ({ pathname }: URL): string[] => pathname.slice(PREFIX.length).split('/');

/** @param url of a call to the Management API */
export function endpointGroupOf(method: string, url: URL): EndpointGroup {
  const [resource = '', , ...below] = segmentsOf(url);
  if (method === 'GET') {
    if (resource === 'users' || resource === 'users-by-email') return 'users_read';
    if (resource === 'logs') return 'logs_read';
    if (resource === 'connections') return 'connections_read';
    if (resource === 'clients') return url.searchParams.has('q') ? 'clients_search' : 'clients_read';
    return 'other';
  }
  if (resource !== 'users' || below.length > 0) return 'other';
  return method === 'DELETE' ? 'users_delete' : 'users_write';
}

/**
 * Names a call by its endpoint, as in the Management API's documentation: `PATCH /api/v2/users/{id}`.
 * @param url of a call to the Management API
 */
export function endpointOf(method: string, url: URL): string {
  const named = segmentsOf(url).map((segment) => (FIXED_SEGMENTS.has(segment) ? segment : '{id}'));
  return `${method} ${PREFIX}${named.join('/')}`;
}
