/**
 * API keys whose clients somebody changed at the authority. An exchange serves as long as its token lives, so what is known of such a key
 * is taken as old by every process: the authority is asked again at its next request.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { changeApiKeys, readApiKey } from '../../src/registry/api-keys.ts';
import type { Drift } from './drift.ts';

const CHANGED = new Set<Drift['what']>(['missing_client', 'missing_grant', 'other_scopes', 'other_settings']);

/** @param drifts that were not there the last time */
export async function recheckKeys(redis: Redis, drifts: readonly Drift[]): Promise<void> {
  const ids = drifts.filter(({ what }) => CHANGED.has(what)).map(({ client_id }) => client_id);
  for (const id of new Set(ids))
    for (let isDone = false; !isDone;) {
      const stored = await readApiKey(redis, id);
      if (!stored) break;
      const to = { ...stored.key, recheck: randomUUID() };
      isDone = await changeApiKeys(redis, to.tenant_id, [{ clientId: id, from: stored.text, to }]);
    }
}
