/**
 * Decides which apps are dead. Clients often register anew on every connect, and most of these registrations are never used; but age alone
 * would remove apps in use. Pure: `workers/review-apps.ts` asks Auth0, and removes apps.
 */
import type { DueApp } from '../registry/app-reviews.ts';
import { FIRST_REVIEW_MS } from '../registry/apps.ts';

export interface DeathSettings {
  /** Minimum age of a dead app. */
  deadMs: number;
  /** A consent that was unused for this long does not count. */
  idleMs: number;
}

/** Keep it and review it again at that time (ms); or it is dead unless a user's consent is in use. */
export type Verdict = { reviewAt: number } | 'ask for consents';

/** Minimum interval between checks of consents: each costs a call to Auth0. */
const A_DAY_MS = 86_400_000;

export function judge(
  { app, use, isSuperseded, isAllowed }: DueApp,
  now: number,
  settings: DeathSettings,
): Verdict {
  // A person's decision is not undone by a timer.
  if (isAllowed || (app.status === 'approved' && app.status_by !== undefined))
    return { reviewAt: now + A_DAY_MS };
  // Time enough to sign in and consent; a superseded registration needs less.
  const ripeAt = Date.parse(app.created_at) + (isSuperseded ? FIRST_REVIEW_MS : settings.deadMs);
  if (now < ripeAt) return { reviewAt: ripeAt };
  if (use.until !== undefined && now < use.until) return { reviewAt: use.until };
  return 'ask for consents';
}

/** @returns when an existing consent has to be checked again; undefined: it was unused for too long */
export function consentLivesUntil(
  { app, use }: DueApp,
  now: number,
  { idleMs }: DeathSettings,
): number | undefined {
  const idleAt = (use.last ?? Date.parse(app.created_at)) + idleMs;
  return now < idleAt ? Math.min(idleAt, now + A_DAY_MS) : undefined;
}
