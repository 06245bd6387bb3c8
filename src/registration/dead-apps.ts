/**
 * Which apps are dead. Clients in the field register anew at every connect, and most of these registrations are never used; but age
 * alone would kill living ones. Pure: who asks the authority, and who removes, is `workers/review-apps.ts`.
 */
import type { DueApp } from '../registry/app-reviews.ts';
import { FIRST_REVIEW_MS } from '../registry/apps.ts';

export interface DeathSettings {
  /** How old an app must be at least. */
  deadMs: number;
  /** A consent that was not used for so long lives no more. */
  idleMs: number;
}

/** It lives, and is to be looked at again then (ms); or it is dead unless some user's consent lives. */
export type Verdict = { lookAgainAt: number } | 'ask for consents';

/** As often as that a consent is asked for again at most: it costs a call to the authority. */
const A_DAY_MS = 86_400_000;

export function judge(
  { app, use, isSuperseded, isAllowed }: DueApp,
  now: number,
  settings: DeathSettings,
): Verdict {
  // What a person decided is not undone by a clock.
  if (isAllowed || (app.status === 'approved' && app.status_by !== undefined))
    return { lookAgainAt: now + A_DAY_MS };
  // Time enough to sign in and consent; one that has been replaced by its like needs no more.
  const ripeAt = Date.parse(app.created_at) + (isSuperseded ? FIRST_REVIEW_MS : settings.deadMs);
  if (now < ripeAt) return { lookAgainAt: ripeAt };
  if (use.until !== undefined && now < use.until) return { lookAgainAt: use.until };
  return 'ask for consents';
}

/** @returns when a consent that is there has to be looked at again; undefined: it was not used for too long */
export function consentLivesUntil(
  { app, use }: DueApp,
  now: number,
  { idleMs }: DeathSettings,
): number | undefined {
  const idleAt = (use.last ?? Date.parse(app.created_at)) + idleMs;
  return now < idleAt ? Math.min(idleAt, now + A_DAY_MS) : undefined;
}
