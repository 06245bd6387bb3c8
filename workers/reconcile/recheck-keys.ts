/**
 * Invalidates cached checks of API keys whose clients were changed at the authority. A check is otherwise cached for the lifetime of its
 * token; after this, every process repeats the exchange at the key's next request.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { changeApiKeys, readApiKey } from '../../src/registry/api-keys.ts';
import { listClients } from '../../src/registry/client-store.ts';
import type { Drift } from './drift.ts';

const CHANGED = new Set<Drift['what']>(['missing_client', 'missing_grant', 'other_scopes', 'other_settings']);

/** @param drifts differences that the previous run had not reported */
export async function recheckKeys(redis: Redis, drifts: readonly Drift[]): Promise<void> {
  const ids = drifts.filter(({ what }) => CHANGED.has(what)).map(({ client_id }) => client_id);
  for (const id of new Set(ids)) await recheckKey(redis, id);
}

/**
 * Keys that were granted these scopes when the API at the authority lacked them.
 * @param gained scopes that the API has now
 */
export async function recheckKeysWith(redis: Redis, gained: readonly string[]): Promise<void> {
  for (const client of await listClients(redis))
    if (client.kind === 'tenant' && gained.some((scope) => client.scopes?.includes(scope)))
      await recheckKey(redis, client.client_id);
}

async function recheckKey(redis: Redis, id: string): Promise<void> {
  for (let isDone = false; !isDone;) {
    const stored = await readApiKey(redis, id);
    if (!stored) return;
    const to = { ...stored.key, recheck: randomUUID() };
    isDone = await changeApiKeys(redis, to.tenant_id, [{ clientId: id, from: stored.text, to }]);
  }
}
