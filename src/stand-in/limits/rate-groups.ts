/** Groups of Management endpoints that share a bucket on self-service plans (Auth0 docs, "Rate limit configurations"). */
export type RateGroup =
  | 'users_read'
  | 'users_write'
  | 'users_delete'
  | 'logs_read'
  | 'clients_read'
  | 'clients_search'
  | 'connections_read'
  | 'other';

/** Which of them a list belongs to is documented; that what hangs below a user counts as reading users is guessed. */
export function rateGroupOf(method: string, path: string, query: URLSearchParams): RateGroup {
  const [resource = '', id, ...below] = path.split('/');
  if (method === 'GET') {
    if (resource === 'users' || resource === 'users-by-email') return 'users_read';
    if (resource === 'logs') return 'logs_read';
    if (resource === 'clients') return query.has('q') ? 'clients_search' : 'clients_read';
    if (resource === 'connections') return 'connections_read';
    return 'other';
  }
  if (resource !== 'users' || below.length > 0) return 'other';
  if (method === 'POST' || method === 'PATCH') return 'users_write';
  return method === 'DELETE' && id !== undefined ? 'users_delete' : 'other';
}
