/**
 * Effect of a change of an app on decisions about it (decision 18). A decision stores what it was based on; an app that exceeds that is
 * pending again for whoever decided, until they decide anew, even if it changes back. Pure.
 */
import { goesBeyond } from '../authorization/app-access.ts';
import type { AppDecision } from '../registry/app-decisions.ts';
import type { AppClient, AppIdentity, NextApp } from '../registry/clients.ts';

export interface ChangedApp {
  app: AppClient;
  /** The approval by the operator, a software statement or the configuration has lapsed. */
  hasApprovalLapsed: boolean;
  /** The decision of the tenant that vouches for it has lapsed. */
  hasVouchLapsed: boolean;
}

/**
 * Ends decisions, and changes nothing else.
 * @param was current identity, for decisions from before their subject was stored
 * @param at ISO 8601
 */
export function endApprovals(app: AppClient, was: AppIdentity, next: NextApp, at: string): ChangedApp {
  const hasApprovalLapsed = app.status === 'approved' && isApprovalExceeded(app, was, next);
  const hasVouchLapsed =
    app.vouched_by !== undefined &&
    app.vouch_lapsed_at === undefined &&
    goesBeyond(app.vouched_on ?? was, next.identity);
  const { status_by: _by, status_on: _on, ...rest } = app;
  const left: AppClient = hasApprovalLapsed ? { ...rest, status: 'pending', approval_lapsed_at: at } : app;
  return {
    app: hasVouchLapsed ? { ...left, vouch_lapsed_at: at } : left,
    hasApprovalLapsed,
    hasVouchLapsed,
  };
}

/** Applies the change. It never improves the app's status: a name that was shown for a moment must not gain access later. */
export function changeApp(app: AppClient, was: AppIdentity, next: NextApp, at: string): ChangedApp {
  const ended = endApprovals(app, was, next, at);
  const { flags: _flags, ...rest } = ended.app;
  const { identity, flags, affirmed } = next;
  const isAffirmed = affirmed.length > 0 && rest.status === 'approved';
  const changed: AppClient = { ...rest, name: identity.name, scopes: identity.scopes, identity };
  if (flags.length > 0) changed.flags = flags;
  if (isAffirmed) changed.status_on = withParts(rest.status_on ?? was, identity, affirmed);
  return { ...ended, app: changed };
}

/** @returns the tenant's decision after the change; undefined: unchanged */
export function endAllowance(
  decision: AppDecision,
  was: AppIdentity,
  next: NextApp,
  at: string,
): AppDecision | undefined {
  if (decision.access !== 'allowed' || !goesBeyond(decision.on ?? was, next.identity)) return undefined;
  return { ...decision, access: 'lapsed', lapsed_at: at };
}

function isApprovalExceeded(app: AppClient, was: AppIdentity, next: NextApp): boolean {
  const { identity, flags, affirmed, byItself } = next;
  const hasNewFlags = flags.some((flag) => !app.flags?.includes(flag));
  const approved = withParts(app.status_on ?? was, identity, affirmed);
  if (!hasNewFlags && !goesBeyond(approved, identity)) return false;
  const isDecided = app.status_on !== undefined || app.status_by !== undefined || isByStatement(app);
  // Approval by configuration applies as for any other registration.
  return isDecided || byItself === 'pending';
}

const isByStatement = ({ statement_issuer }: AppClient): boolean => statement_issuer !== undefined;

function withParts(
  decided: AppIdentity,
  now: AppIdentity,
  parts: readonly (keyof AppIdentity)[],
): AppIdentity {
  return { ...decided, ...Object.fromEntries(parts.map((part) => [part, now[part]])) };
}
