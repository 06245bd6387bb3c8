/** Apps due for a review, which removes unused ones, with the data that a review needs. */
import type { Redis } from 'ioredis';
import { isAllowed, readAppUse, type AppUse } from './app-decisions.ts';
import type { Apps } from './apps.ts';
import type { AppClient } from './clients.ts';

export interface DueApp {
  app: AppClient;
  use: AppUse;
  /** The same metadata were registered again, from the same address. */
  isSuperseded: boolean;
  /** A tenant has allowed it. */
  isAllowed: boolean;
}

/** Apps due for review, longest overdue first. @param now ms since 1970 */
export async function readDueApps(redis: Redis, apps: Apps, now: number, limit: number): Promise<DueApp[]> {
  const ids = await apps.listReviews(now, limit);
  if (ids.length === 0) return [];
  const [found, use] = await Promise.all([apps.readAll(ids), readAppUse(redis, ids)]);
  const alike = found.map(({ alike = '' }) => alike);
  const newest = await apps.newestAlike(alike);
  // Removed apps need no review.
  const gone = ids.filter((id) => !found.some(({ client_id }) => client_id === id));
  if (gone.length > 0) await apps.removeReviews(gone);
  return Promise.all(
    found.map(async (app, index) => ({
      app,
      use: use.get(app.client_id) ?? {},
      isSuperseded: app.alike !== undefined && newest[index] !== app.client_id,
      isAllowed: await isAllowed(redis, app.client_id),
    })),
  );
}
