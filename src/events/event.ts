/**
 * One thing that happened. Holds ids only; the caller's address is sealed. Serialized once, when it happens, and that
 * text goes through the outbox into the audit log.
 */
import { randomUUID } from 'node:crypto';
import { parseJson } from '../json.ts';
import type { AnyPrincipal } from '../principal.ts';
import { redisTimestamp } from '../redis/clock.ts';

export interface EventPrincipal {
  kind: 'user' | 'tenant' | 'app' | 'operator' | 'service' | 'authority' | 'system' | 'nobody';
  /** API key, app or single-page app. */
  client_id?: string;
  /** The user, or the one for whom an app acts; who caused it, as a service says. */
  user_id?: string;
  /** The service behind the gateway. */
  service?: string;
}

export type EventOutcome = 'succeeded' | 'accepted' | 'refused' | 'failed' | 'unknown';

/** What is known in advance. Stored with a relay job and completed when the job ends. */
export interface EventDraft {
  /** Type on success. */
  type: string;
  /** Absent: it belongs to no tenant. */
  tenant_id?: string;
  principal: EventPrincipal;
  operation?: string;
  target?: string;
  /** HTTP status on success. */
  status?: number;
  request_id?: string;
  /** Sealed, see `placeOf`. */
  address?: string;
}

export interface EventResult {
  outcome: EventOutcome;
  /** HTTP status of the answer; absent: that of the draft. */
  status?: number;
  /** Problem code. */
  code?: string;
  /** Id of the created resource. */
  target?: string;
  /** Number of occurrences summarized. */
  count?: number;
}

export interface EmittedEvent extends EventDraft, EventResult {
  id: string;
  /** What a service says of it, as the contract allows. */
  details?: EventDetails;
  /** When it happened, ISO 8601. */
  time: string;
}

/** Flat, and bounded by the contract. */
export type EventDetails = Readonly<Record<string, string | number | boolean>>;

/** The event of a request in progress: recorded with the answer, unless it was committed with the change. */
export interface PendingEvent {
  draft: EventDraft;
  /**
   * Records it in the same transaction as the change.
   * @param write makes the change, and writes the event in the same transaction; its text is that of success
   * @param isDone whether the result of `write` means success; absent: anything but `undefined` and `false` does
   */
  commit<T>(write: (text: EventText) => T | Promise<T>, isDone?: (result: T) => boolean): Promise<T>;
}

/** As JSON, with a new event id each time. @param target id of the created resource */
export type EventText = (target?: string) => string;

/** Log of events that belong to no tenant. No tenant has this id. */
export const NO_TENANT = '-';

const typeOf: Partial<Record<EventOutcome, string>> = {
  refused: 'request.refused',
  failed: 'request.failed',
  unknown: 'request.unknown',
};

export function toEvent(draft: EventDraft, result: EventResult, id: string = randomUUID()): EmittedEvent {
  const type = typeOf[result.outcome] ?? draft.type;
  const target = result.target ?? draft.target;
  return { id, time: redisTimestamp(), ...draft, ...result, type, target };
}

/**
 * @param makeDraft called when there is an event to record. @param onRecorded called once recorded, so that it is not
 * recorded again
 */
export function createPendingEvent(makeDraft: () => EventDraft, onRecorded: () => void): PendingEvent {
  let made: EventDraft | undefined;
  const draft = () => (made ??= makeDraft());
  const text: EventText = (target) => successText(draft(), target);
  return {
    get draft() {
      return draft();
    },
    async commit(write, isDone = (result) => result !== undefined && result !== false) {
      const result = await write(text);
      if (isDone(result)) onRecorded();
      return result;
    },
  };
}

/** The same with another type, for an operation that may do one thing or another. */
export function retyped(event: PendingEvent, type: string): PendingEvent {
  const draft = { ...event.draft, type };
  return {
    draft,
    commit: (write, isDone) => event.commit(() => write((target) => successText(draft, target)), isDone),
  };
}

export function successText(draft: EventDraft, target?: string): string {
  return JSON.stringify(toEvent(draft, { outcome: 'succeeded', target }));
}

/** For a change of a tenant that a job completes: recorded in the tenant's log, whoever asked for it. @param draft undefined: nobody did */
export function completedText(draft: EventDraft | undefined, type: string, tenantId: string): string {
  if (!draft) return systemEvent(type, tenantId, tenantId);
  // Where the operator is is nothing for the tenant to see.
  return successText({ ...draft, type, tenant_id: tenantId, address: undefined });
}

/** For work that is accepted now and done later. */
export function acceptedText(draft: EventDraft, target: string): string {
  return JSON.stringify(toEvent(draft, { outcome: 'accepted', status: 202, target }));
}

/** What happens to users at the authority, and not through this API: `user.blocked_elsewhere`. */
export const ELSEWHERE = ['created', 'changed', 'blocked', 'unblocked', 'deleted', 'joined', 'left'] as const;

/** @param time when it happened, ISO 8601 */
export function elsewhereEvent(
  what: (typeof ELSEWHERE)[number],
  { tenantId, userId, time }: { tenantId: string; userId: string; time: string },
): string {
  const type = `user.${what}_elsewhere`;
  const draft: EventDraft = { type, tenant_id: tenantId, principal: { kind: 'authority' }, target: userId };
  return JSON.stringify({ ...toEvent(draft, { outcome: 'succeeded' }), time });
}

/** Types beside those of the contract: what the system does on its own, and failures. */
export const otherEventTypes: readonly string[] = [
  'api_key.expired',
  'app.consented',
  'app.decision_lapsed',
  'audit_log.full',
  'audit_log.trimmed',
  ...ELSEWHERE.map((what) => `user.${what}_elsewhere`),
  'redis.restored',
  'registry_entry.corrected',
  'user.adopted',
  'user_import.checked',
  'user_import.completed',
  'webhook.disabled',
  'webhook.events_skipped',
  'webhook.verification_failed',
  'webhook.verified',
  ...Object.values(typeOf),
];

/** Id of a serialized event. */
export const idOf = (text: string): string => parseJson<EmittedEvent>(text).id;

/**
 * Event for what the system does on its own.
 * @param tenantId undefined: no tenant
 * @param more its id where it may be recorded twice; the number of occurrences
 */
export function systemEvent(
  type: string,
  tenantId: string | undefined,
  target: string,
  { id, count }: { id?: string; count?: number } = {},
): string {
  const draft: EventDraft = { type, tenant_id: tenantId, principal: { kind: 'system' }, target };
  return JSON.stringify(toEvent(draft, { outcome: 'succeeded', count }, id));
}

/** Outcome for the status of an answer. */
export function outcomeOf(status: number): EventOutcome {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  return status === 202 ? 'accepted' : 'succeeded';
}

export function principalOf(principal: AnyPrincipal | undefined): EventPrincipal {
  // A registrant is nobody yet, and an app that manages its registration acts for nobody.
  if (!principal || principal.kind === 'registrant') return { kind: 'nobody' };
  if (principal.kind === 'registration') return { kind: 'app', client_id: principal.clientId };
  if (principal.kind === 'service') return { kind: 'service', service: principal.service };
  if (principal.kind === 'authority') return { kind: 'authority' };
  const { kind, clientId } = principal;
  return 'userId' in principal
    ? { kind, client_id: clientId, user_id: principal.userId }
    : { kind, client_id: clientId };
}

/**
 * Whether anybody could cause it without limit: refusals, and anonymous actions. Throttled before it is recorded, and
 * dropped when a log is nearly full. Excludes changes that an app makes to its own registration: those involve the
 * authority.
 */
export function isRepeatable({ outcome, principal, tenant_id, type }: EmittedEvent): boolean {
  if (outcome === 'refused' || outcome === 'failed') return true;
  const isUnnamed = principal.kind === 'nobody' || principal.kind === 'app';
  return tenant_id === undefined && isUnnamed && NO_CHANGES.has(type);
}

/**
 * An import can have a million users, an adoption 100,000, and its rows hold the same information, so a nearly full log
 * drops these events first.
 */
export const isOfImportedUser = ({ operation, type }: EmittedEvent): boolean =>
  (operation === 'createUserImport' && type === 'user.created') || type === 'user.adopted';

/** Types of anonymous actions. */
const NO_CHANGES = new Set(['app.read', 'app.authorization_started', 'request.succeeded']);

/** AAD of the sealed address. */
export const placeOf = (requestId: string): string => `event:${requestId}:address`;
