/** Stores a changed app and the decisions that lapse, in one transaction, with an event for each party that had decided. */
import type { Redis } from 'ioredis';
import { systemEvent } from '../events/event.ts';
import { readDecisions, type ReadDecisions } from '../registry/app-decisions.ts';
import type { ClientRegistration } from '../registry/client-registration.ts';
import type { Apps } from '../registry/apps.ts';
import type { AppClient, NextApp } from '../registry/clients.ts';
import { changeApp, endAllowance, endApprovals, type ChangedApp } from './app-change.ts';
import { identityOf } from './app-identity.ts';
import { redisTimestamp } from '../redis/clock.ts';

export interface WholeChange {
  metadata: ClientRegistration;
  isExpected: (app: AppClient) => boolean;
  /** Other changed fields of its entry. */
  more: Partial<AppClient>;
}

/** Event type, for the operator or the tenant that had decided. */
export const DECISION_LAPSED = 'app.decision_lapsed';

export class AppChanges {
  readonly #redis: Redis;
  readonly #apps: Apps;

  constructor(redis: Redis, apps: Apps) {
    this.#redis = redis;
    this.#apps = apps;
  }

  /**
   * Ends the decisions that the changed app will exceed. Called before Auth0 is updated: from then on users see what nobody has
   * decided on.
   * @param isExpected whether the stored app is the one that the caller has read
   * @returns undefined when it is not, or was removed
   */
  async endDecisions(
    clientId: string,
    next: NextApp,
    isExpected: (app: AppClient) => boolean,
  ): Promise<'ended' | 'none to end' | undefined> {
    const done = await this.#change(clientId, next, endApprovals, { isExpected });
    return done && (done === 'written' ? 'ended' : 'none to end');
  }

  /** Applies the change. Decisions made meanwhile on the previous app end, too. @returns false when the app has changed, or was removed */
  async apply(clientId: string, next: NextApp, change: WholeChange): Promise<boolean> {
    return (await this.#change(clientId, next, changeApp, change)) !== undefined;
  }

  async #change(
    clientId: string,
    next: NextApp,
    how: typeof changeApp,
    { isExpected, metadata, more }: Pick<WholeChange, 'isExpected'> & Partial<WholeChange>,
  ): Promise<'written' | 'as it was' | undefined> {
    for (;;) {
      const [stored, before, seen] = await Promise.all([
        this.#apps.read(clientId),
        this.#apps.readMetadata(clientId),
        readDecisions(this.#redis, clientId),
      ]);
      if (!stored || !before || !isExpected(stored.app)) return undefined;
      const was = stored.app.identity ?? identityOf(before);
      const at = redisTimestamp();
      const changed = how(stored.app, was, next, at);
      const ended = endAllowances(seen, was, next, at);
      const to = { ...changed.app, ...more };
      if (JSON.stringify(to) === stored.text && ended.size === 0 && !metadata) return 'as it was';
      const isWritten = await this.#apps.change(stored, to, {
        metadata,
        events: eventsOf(stored.app, changed, [...ended.keys()]),
        decisions: { seen, changed: ended },
      });
      if (isWritten) return 'written';
    }
  }
}

function endAllowances(
  { byTenant }: ReadDecisions,
  was: Parameters<typeof endAllowance>[1],
  next: NextApp,
  at: string,
): Map<string, string> {
  return new Map(
    [...byTenant].flatMap(([tenantId, decision]) => {
      const ended = endAllowance(decision, was, next, at);
      return ended ? [[tenantId, JSON.stringify(ended)]] : [];
    }),
  );
}

/** A tenant that vouched and decided gets one event. */
function eventsOf(
  { client_id, vouched_by }: AppClient,
  { hasApprovalLapsed, hasVouchLapsed }: ChangedApp,
  tenants: readonly string[],
): string[] {
  const recipients = new Set(tenants);
  if (hasVouchLapsed && vouched_by !== undefined) recipients.add(vouched_by);
  const operator = hasApprovalLapsed ? [undefined] : [];
  return [...operator, ...recipients].map((tenantId) => systemEvent(DECISION_LAPSED, tenantId, client_id));
}
