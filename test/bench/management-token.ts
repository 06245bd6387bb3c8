import type { Deployment } from '../../src/start/deployment.ts';

/** For calls straight to the authority's Management API. */
export async function managementToken({ authority, operator }: Deployment): Promise<string> {
  const response = await fetch(new URL('oauth/token', authority), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      ...operator,
      audience: new URL('api/v2/', authority).href,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
