import type { EndpointGroup } from '../plans.ts';

/** @param url of a call to the Management API */
export function endpointGroupOf(method: string, { pathname, searchParams }: URL): EndpointGroup {
  const [resource = '', , ...below] = pathname.replace(/^\/api\/v2\//, '').split('/');
  if (method === 'GET') {
    if (resource === 'users' || resource === 'users-by-email') return 'users_read';
    if (resource === 'logs') return 'logs_read';
    if (resource === 'connections') return 'connections_read';
    if (resource === 'clients') return searchParams.has('q') ? 'clients_search' : 'clients_read';
    return 'other';
  }
  if (resource !== 'users' || below.length > 0) return 'other';
  return method === 'DELETE' ? 'users_delete' : 'users_write';
}
