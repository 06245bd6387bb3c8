/**
 * What becomes of decisions on an app when the app changes (decision 18). A decision names what it was made on; an app that goes beyond
 * that is pending again for whoever decided, and stays so until they decide anew, also when it changes back. Pure.
 */
import { goesBeyond } from '../authorization/app-access.ts';
import type { AppDecision } from '../registry/app-decisions.ts';
import type { AppClient, AppIdentity, NextApp } from '../registry/clients.ts';

export interface ChangedApp {
  app: AppClient;
  /** The operator's approval, or that of a software statement or the configuration, has ended. */
  hasApprovalLapsed: boolean;
  /** What the tenant said that vouched for it. */
  hasVouchLapsed: boolean;
}

/**
 * Ends decisions, and changes nothing else.
 * @param was what it is now, for decisions that were made before their subject was kept
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

/** The whole change. Its status never gets better by it: a name that was shown to users for a moment must not open anything later. */
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

/** @returns what becomes of a tenant's decision; undefined: it stays */
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
  // What the configuration approves, it approves as anything else that registers.
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
