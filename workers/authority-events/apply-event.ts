/**
 * What an event of the authority means here. What it refuses holds at once: a user who was blocked or deleted, or has left. What it would
 * allow (a user who was unblocked, other roles) is read at the authority first (`reread-user.ts`), so that neither an event that comes late
 * nor a forged one gives anybody anything (docs/decisions/0043).
 */
import type { Redis } from 'ioredis';
import type { AuthorityEvent } from '../../src/authority-events/authority-event.ts';
import type { AuthorityEventStore, InboxEntry } from '../../src/authority-events/authority-event-store.ts';
import type { Claim } from '../../src/authority-events/claims.ts';
import type { OwnChanges } from '../../src/authority-events/own-changes.ts';
import { elsewhereEvent, type ELSEWHERE } from '../../src/events/event.ts';
import { redisNow } from '../../src/redis/clock.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { createUserMarks, markGoneEverywhere, refusedAt } from '../../src/registry/user-marks.ts';
import { ownOrganizations } from '../relay/whose-user.ts';

export interface ApplyParts {
  redis: Redis;
  store: AuthorityEventStore;
  ownChanges: OwnChanges;
  readTenant: (id: string) => Promise<Tenant | undefined>;
  organizationHolder: (organization: string) => Promise<Tenant | undefined>;
  /** Entries whose refusals hold already, while they wait: each one is announced to all API processes. */
  marked: Set<string>;
}

type What = (typeof ELSEWHERE)[number];

/** @returns whether it is done with; otherwise it stays in the inbox */
export async function applyEvent(parts: ApplyParts, { entry, event }: InboxEntry): Promise<boolean> {
  const { ownChanges, store, marked } = parts;
  const verdict = await ownChanges.judge(event);
  const isPending = verdict === 'pending';
  if (isPending && marked.has(entry)) return false;
  marked.delete(entry);
  if (verdict === 'own') return store.settle(entry);
  const found = await refuse(parts, event);
  if (isPending) {
    // A change of our own is under way, and may be this one: its answer will tell.
    marked.add(entry);
    return false;
  }
  const { userId } = event;
  const texts = found.map(({ tenantId, what }) =>
    elsewhereEvent(what, { tenantId, userId, time: timeOf(event) }),
  );
  const rereads = found.filter((one) => mayAllow(event, one));
  return store.settle(
    entry,
    texts,
    rereads.map(({ tenantId }) => ({ tenantId, userId })),
  );
}

/** @returns what the event is for each of its tenants */
async function refuse(parts: ApplyParts, event: AuthorityEvent): Promise<ForTenant[]> {
  const { redis } = parts;
  const { userId } = event;
  if (event.isOfUnknownTenant) await markGoneEverywhere(redis, userId);
  const found = await Promise.all((await tenantsOf(parts, event)).map((one) => withMark(redis, event, one)));
  for (const { tenantId, what } of found) {
    const marks = createUserMarks(redis, tenantId);
    if (what === 'deleted' || what === 'left') await marks.gone(userId);
    else if (event.isBlocked) await marks.blocked(userId, versionOf(event));
  }
  return found;
}

interface ForTenant {
  tenantId: string;
  what: What;
  isRefused: boolean;
}

/** Whether reading the user could allow something, or shows what is left to be done: what is refused is refused already. */
const mayAllow = ({ isBlocked }: AuthorityEvent, { what, isRefused }: { what: What; isRefused: boolean }) =>
  what === 'left' || (!isBlocked && what !== 'deleted' && (what !== 'created' || isRefused));

interface OfTenant {
  tenantId: string;
  isGone: boolean;
}

/** Tenants of which the registry says what the event claims. */
async function tenantsOf(
  { readTenant, organizationHolder }: ApplyParts,
  { claims }: AuthorityEvent,
): Promise<OfTenant[]> {
  const found = new Map<string, OfTenant>();
  for (const claim of claims) {
    const { tenantId, organization } = claim;
    const tenant =
      tenantId === undefined ? await organizationHolder(organization ?? '') : await readTenant(tenantId);
    if (!tenant || !isTrue(claim, tenant)) continue;
    const isGone = claim.isGone === true && found.get(tenant.id)?.isGone !== false;
    found.set(tenant.id, { tenantId: tenant.id, isGone });
  }
  return [...found.values()];
}

const isTrue = ({ organization }: Claim, tenant: Tenant): boolean =>
  tenant.status !== 'deleting' &&
  (organization === undefined || ownOrganizations(tenant).includes(organization));

async function withMark(
  redis: Redis,
  event: AuthorityEvent,
  { tenantId, isGone }: OfTenant,
): Promise<ForTenant> {
  const since = await refusedAt(redis, tenantId, event.userId);
  // By an earlier change: one from this event says nothing of before.
  const wasRefused = since !== undefined && since < Date.parse(versionOf(event));
  return { tenantId, what: isGone ? 'left' : whatOf(event, wasRefused), isRefused: since !== undefined };
}

function whatOf({ kind, isBlocked, wasBlocked }: AuthorityEvent, wasRefused: boolean): What {
  if (kind !== 'changed') return kind;
  const before = wasBlocked ?? wasRefused;
  if (isBlocked === before) return 'changed';
  return isBlocked ? 'blocked' : 'unblocked';
}

/** A clock that is further ahead is wrong. For that long, who was blocked so is refused also after a new sign-in, or an unblocking. */
const MAX_AHEAD_MS = 60_000;
const MAX_BEHIND_MS = 7 * 86_400_000;

const within = (text: string, min: number, max: number): string =>
  new Date(Math.min(max, Math.max(min, Date.parse(text)))).toISOString();

const versionOf = ({ updatedAt, time }: AuthorityEvent): string =>
  within(updatedAt ?? time, 0, redisNow() + MAX_AHEAD_MS);

/** Events are recorded when they happened, if that is not long ago. */
const timeOf = ({ time }: AuthorityEvent): string => within(time, redisNow() - MAX_BEHIND_MS, redisNow());
