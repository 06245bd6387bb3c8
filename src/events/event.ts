/**
 * One thing that happened. It names ids only; the address it came from is sealed. Written as text once, when it has happened, and
 * that text is what goes through the outbox and stands in the audit log.
 */
import { randomUUID } from 'node:crypto';
import { parseJson } from '../json.ts';
import type { AnyPrincipal } from '../principal.ts';
import { redisTimestamp } from '../redis/clock.ts';

export interface EventPrincipal {
  kind: 'user' | 'tenant' | 'app' | 'operator' | 'system' | 'nobody';
  /** API key, app or single-page app. */
  client_id?: string;
  /** The user, or the one for whom an app acts. */
  user_id?: string;
}

export type EventOutcome = 'succeeded' | 'accepted' | 'refused' | 'failed' | 'unknown';

/** What is known before it has happened. Stored with a relay job, whose end is what happens. */
export interface EventDraft {
  /** Of its success. */
  type: string;
  /** Not there: it belongs to no tenant. */
  tenant_id?: string;
  principal: EventPrincipal;
  operation?: string;
  target?: string;
  /** HTTP status of its success. */
  status?: number;
  request_id?: string;
  /** Sealed, see `placeOf`. */
  address?: string;
}

export interface EventResult {
  outcome: EventOutcome;
  /** The HTTP status that the caller gets; left out, that of the draft. */
  status?: number;
  /** Problem code. */
  code?: string;
  /** Of what was made. */
  target?: string;
  /** So many alike. */
  count?: number;
}

export interface EmittedEvent extends EventDraft, EventResult {
  id: string;
  /** When it happened, ISO 8601. */
  time: string;
}

/** The event of a request that is under way: recorded with the answer, unless it was committed with the change. */
export interface PendingEvent {
  draft: EventDraft;
  /**
   * Records it together with what it tells of.
   * @param write makes the change, and writes the event in the same transaction; the text that it is given is that of success
   * @param isDone of what `write` came to, whether it has; left out: anything but `undefined` and `false` says so
   */
  commit<T>(write: (text: EventText) => T | Promise<T>, isDone?: (result: T) => boolean): Promise<T>;
}

/** As JSON, each time as a new event. @param target id of what was made */
export type EventText = (target?: string) => string;

/** What belongs to no tenant stands in a log of its own. No tenant has this id. */
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

/** @param makeDraft asked when there is something to tell. @param onRecorded nobody else is to tell of it */
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

/** The same, told as something else: an operation that may do the one thing or the other. */
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

/** Of what is taken on, and done later. */
export function acceptedText(draft: EventDraft, target: string): string {
  return JSON.stringify(toEvent(draft, { outcome: 'accepted', status: 202, target }));
}

/** What a tenant is told of besides the types that the contract names: its own doing that nobody asked for, and what did not succeed. */
export const otherEventTypes: readonly string[] = [
  'api_key.expired',
  'app.consented',
  'app.decision_lapsed',
  'audit_log.full',
  'audit_log.trimmed',
  'user_import.checked',
  'user_import.completed',
  'webhook.disabled',
  'webhook.events_skipped',
  'webhook.verification_failed',
  'webhook.verified',
  ...Object.values(typeOf),
];

/** Of an event as JSON. */
export const idOf = (text: string): string => parseJson<EmittedEvent>(text).id;

/**
 * What our own doing is told as: nobody asked for it.
 * @param tenantId undefined: it is of no tenant
 * @param more its id where it may be recorded twice; how many alike it tells of
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

/** By the status of an answer. */
export function outcomeOf(status: number): EventOutcome {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  return status === 202 ? 'accepted' : 'succeeded';
}

export function principalOf(principal: AnyPrincipal | undefined): EventPrincipal {
  // Who registers an app is nobody yet, and an app that manages its registration acts for nobody.
  if (!principal || principal.kind === 'registrant') return { kind: 'nobody' };
  if (principal.kind === 'registration') return { kind: 'app', client_id: principal.clientId };
  const { kind, clientId } = principal;
  return 'userId' in principal
    ? { kind, client_id: clientId, user_id: principal.userId }
    : { kind, client_id: clientId };
}

/**
 * What anybody may do as often as they like: refusals, and what nobody of a tenant did. Summed up before it is written, and left out of
 * a log that is nearly full. A change that an app makes to its own registration is none of it: that needs the authority.
 */
export function isRepeatable({ outcome, principal, tenant_id, type }: EmittedEvent): boolean {
  if (outcome === 'refused' || outcome === 'failed') return true;
  const isUnnamed = principal.kind === 'nobody' || principal.kind === 'app';
  return tenant_id === undefined && isUnnamed && NO_CHANGES.has(type);
}

/** Of users of an import there may be a million, and its rows say the same of them: in a log that is nearly full other events come first. */
export const isOfImportedUser = ({ operation, type }: EmittedEvent): boolean =>
  operation === 'createUserImport' && type === 'user.created';

/** Of what somebody does who is nobody of a tenant. */
const NO_CHANGES = new Set(['app.read', 'app.authorization_started', 'request.succeeded']);

/** Where a sealed address lies. */
export const placeOf = (requestId: string): string => `event:${requestId}:address`;
