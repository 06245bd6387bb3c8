/** What reached the authority, asked of the authority itself: its users and its log. */
import { ManagementClient } from 'auth0';
import type { Deployment } from '../../src/start/deployment.ts';
import { clientCredentials } from './callers.ts';
import { world } from './world.ts';

/** The `auth0` SDK as an operator of the world's account. */
export async function management(): Promise<ManagementClient> {
  return managementOf(await world());
}

/** The same of another deployment. The SDK knows https only, hence the rewriting of the scheme. */
export function managementOf({ authority, operator }: Deployment): ManagementClient {
  const { host } = new URL(authority);
  const audience = new URL('api/v2/', authority).href;
  return new ManagementClient({
    domain: host,
    token: () => clientCredentials(operator.client_id, operator.client_secret, audience, authority),
    maxRetries: 0,
    fetch: (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.host === host) url.protocol = 'http:';
      return fetch(url, init);
    },
  });
}

/** How many log events of this type there are, and optionally of this client. */
export async function countLogs(type: string, clientId?: string): Promise<number> {
  const sdk = await management();
  const q = `type:${type}${clientId ? ` AND client_id:"${clientId}"` : ''}`;
  const page = await sdk.logs.list({ search: q, include_totals: true, per_page: 1 });
  return (page as unknown as { response: { total: number } }).response.total;
}
