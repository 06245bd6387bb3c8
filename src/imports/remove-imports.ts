/** Takes imports away with all that they left in Redis: those of a tenant that goes, and records beyond the number that is kept. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { hasEnded } from './import-state.ts';
import type { ImportStatus } from './import-state.ts';

/** Also an upload that is under way: its lease is gone, so that nothing of it can be written any more (`write-chunks.lua`). */
export async function removeImport(redis: Redis, tenantId: string, id: string): Promise<void> {
  await redis.unlink(
    keys.userImport(id),
    keys.userImportRows(id),
    keys.userImportMarks(id),
    keys.userImportBatches(id),
    keys.userImportUpload(id),
  );
  await Promise.all([
    redis.srem(keys.openImports, id),
    redis.zrem(keys.importJobsWaiting, id),
    redis.zrem(keys.importJobsGiven, id),
    redis.zrem(keys.openUserImportsOf(tenantId), id),
    // Last: as long as it stands there, whoever begins anew finds it.
    redis.zrem(keys.userImportsOf(tenantId), id),
  ]);
}

/** Removed together. */
const TOGETHER = 100;

/** Ended or not. Whoever calls this has seen to it that no more come. */
export async function removeImportsOf(redis: Redis, tenantId: string): Promise<void> {
  for (const place of [keys.openUserImportsOf(tenantId), keys.userImportsOf(tenantId)]) {
    for (;;) {
      const ids = await redis.zrange(place, 0, String(TOGETHER - 1));
      if (ids.length === 0) break;
      await Promise.all(ids.map((id) => removeImport(redis, tenantId, id)));
    }
  }
}

/** Removes the oldest ended imports of a tenant beyond `max`; some at a time, so that whoever makes one never waits for many. */
export async function trimImports(redis: Redis, tenantId: string, max: number): Promise<void> {
  const place = keys.userImportsOf(tenantId);
  const surplus = (await redis.zcard(place)) - max;
  if (surplus <= 0) return;
  const ids = await redis.zrange(place, 0, String(Math.min(surplus, TOGETHER) - 1));
  for (const id of ids) {
    const status = (await redis.hget(keys.userImport(id), 'status')) as ImportStatus | null;
    // Those that are under way are bounded by the tenant's limit.
    if (status === null || hasEnded({ status })) await removeImport(redis, tenantId, id);
  }
}
