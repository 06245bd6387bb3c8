/** Removes dead apps in batches. Their clients are put on the list of clients to delete. */
import type { Redis } from 'ioredis';
import { systemEvent } from '../src/events/event.ts';
import { consentLivesUntil, judge, type DeathSettings } from '../src/registration/dead-apps.ts';
import { readDueApps, type DueApp } from '../src/registry/app-reviews.ts';
import { authorityIdOf, type Apps } from '../src/registry/apps.ts';

interface Parts {
  redis: Redis;
  apps: Apps;
  /** Whether any user's consent to this app exists at Auth0. */
  hasConsent: (clientId: string) => Promise<boolean>;
  settings: DeathSettings;
}

const AT_ONCE = 100;
/** Concurrent reviews: leaves room in the bulk lane of the budget. */
const CONCURRENCY = 10;
/** Most batches per run: each review may cost a call to Auth0. */
const MAX_BATCHES = 10;

/** @param now ms since 1970. @returns client ids of the removed apps */
export async function reviewApps(parts: Parts, now: number): Promise<string[]> {
  const removed: string[] = [];
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const due = await readDueApps(parts.redis, parts.apps, now, AT_ONCE);
    for (let i = 0; i < due.length; i += CONCURRENCY) {
      const some = due.slice(i, i + CONCURRENCY);
      const gone = await Promise.all(some.map((one) => review(parts, one, now)));
      removed.push(...some.filter((_, index) => gone[index]).map(({ app }) => app.client_id));
    }
    if (due.length < AT_ONCE) break;
  }
  return removed;
}

async function review({ apps, hasConsent, settings }: Parts, due: DueApp, now: number): Promise<boolean> {
  const { client_id } = due.app;
  const verdict = judge(due, now, settings);
  let reviewAt = verdict === 'ask for consents' ? undefined : verdict.reviewAt;
  if (verdict === 'ask for consents' && (await hasConsent(authorityIdOf(due.app))))
    reviewAt = consentLivesUntil(due, now, settings);
  if (reviewAt === undefined) return apps.remove(client_id, systemEvent('app.expired', undefined, client_id));
  await apps.reviewAgain(client_id, reviewAt);
  return false;
}
