/** API keys made through the API, as a tenant's admin makes them, and what the authority saw of them. */
import { expect } from 'chai';
import { basic, user, type TenantId } from './callers.ts';
import { countLogs } from './authority.ts';
import { call } from './client.ts';

export interface NewKey {
  clientId: string;
  clientSecret: string;
  /** Value of `Authorization`. */
  as: string;
  path: string;
}

export async function newApiKey(tenant: TenantId, body: object = {}): Promise<NewKey> {
  const answer = await call('POST', '/v1/tenant/api-keys', {
    as: await user(tenant),
    body: { name: 'A test key', scopes: ['read:tenant'], ...body },
  });
  if (answer.status !== 201) throw new Error(`no key: ${answer.status} ${JSON.stringify(answer.body)}`);
  return toKey(answer.body as { client_id: string; client_secret: string });
}

export function toKey({ client_id, client_secret }: { client_id: string; client_secret: string }): NewKey {
  return {
    clientId: client_id,
    clientSecret: client_secret,
    as: basic(client_id, client_secret),
    path: `/v1/tenant/api-keys/${client_id}`,
  };
}

/** How often the authority issued a token for it, and how often it refused to: by its own log. */
export async function exchangesOf(clientId: string): Promise<{ issued: number; refused: number }> {
  const [issued, refused] = await Promise.all([countLogs('seccft', clientId), countLogs('feccft', clientId)]);
  return { issued, refused };
}

/** `GET /v1/tenant` at one API process. */
export async function tryKey(
  url: string,
  as: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; code: string | undefined; retryAfter: string | null }> {
  const response = await fetch(`${url}/v1/tenant`, { headers: { authorization: as, ...headers } });
  const body = (await response.json()) as { code?: string };
  return { status: response.status, code: body.code, retryAfter: response.headers.get('retry-after') };
}

/**
 * Asks until it is so, and fails if a request that was sent later than `withinMs` after `since` (ms of `Date.now()`) was
 * still answered otherwise. How long an answer takes is the machine's matter.
 */
export async function expectWithin(
  withinMs: number,
  since: number,
  isSo: () => Promise<boolean>,
): Promise<void> {
  await until(async () => {
    const sent = Date.now();
    if (await isSo()) return true;
    expect(sent - since, 'ms after which it was not so').to.be.below(withinMs);
    return false;
  });
}

/** Asks until it is so. The test's own time limit ends what never comes to be. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 25));
}
