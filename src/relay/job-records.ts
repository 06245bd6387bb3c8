/** A relay job: its request, its state, its end. Stored by `job-store.ts`; input and end are sealed. */
import { problems } from '../contract/generated-problems.ts';
import type { EventDraft } from '../events/event.ts';
import { parseJson } from '../json.ts';
import { Problem } from '../problem.ts';
import { redisTimestamp } from '../redis/clock.ts';
import { fieldsOf } from '../redis/hash.ts';
import type { Seal } from '../secrets/seal.ts';
import type { Flow, PendingLimits } from './fair-queue/flow.ts';
import { formatOf, isKnownJob, type RelayOperationId } from './jobs/index.ts';
import type { Ended, RelayProblem } from './relay-job.ts';

export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'unknown';

/** Why a job is kept as a dead letter. */
export type DeadReason =
  /** Workers that ran it died repeatedly. */
  | 'kills_workers'
  /** Our own code threw. */
  | 'failed_inside'
  /** Auth0 refused our own credential or its scopes. */
  | 'authority_refused_us'
  /** The plan of the account at Auth0 lacks what the call needs. */
  | 'not_in_plan';

/** What is requested, by whom and on whose behalf. */
export interface JobRequest {
  operationId: RelayOperationId;
  /** undefined: work that belongs to no tenant. */
  tenantId: string | undefined;
  requestId: string;
  /** Account that its calls count against. */
  by: Account | undefined;
  /** Who requested it (`callerOf`): nobody else may see an outcome that is shown once. */
  maker: string | undefined;
  /** The user who requested it, themselves or through an app. */
  makerUser: MakerUser | undefined;
  /** The user that it affects. */
  subject: string | undefined;
  /** Scheduling flow. */
  flow: Flow;
}

interface Job extends JobRequest {
  id: string;
  /** Id of its BullMQ job. */
  ticket: string;
  /** Key under which identical reads find it until its call is sent. */
  flight: string | undefined;
  /** Draft of the event that records its end; undefined: the job is internal, or a read. */
  event: EventDraft | undefined;
}

export interface JobRecord extends Job {
  status: JobStatus;
  createdAt: string;
  finishedAt: string | undefined;
  /** A call that changes something was sent, by this attempt or an earlier one. */
  sent: boolean;
  /** It has an idempotency key. */
  isKeyed: boolean;
  /** Number of transient failures. */
  failures: number;
  /** Number of workers that died while running it. */
  crashes: number;
  /** Its end; undefined while it is pending. */
  ended: Ended<unknown> | undefined;
}

export interface NewJob extends Job {
  input: unknown;
  /** Fingerprint of the request, for a job with an idempotency key: the key with another request is an error. */
  fingerprint: string | undefined;
}

/** Fields of a record, as stored in its hash; fields left out are not stored. */
export interface StoredJob {
  operation: RelayOperationId;
  /** Version of the operation's jobs, if it is not the first. */
  format?: string;
  /** '' none. */
  tenant: string;
  request: string;
  status: JobStatus;
  created: string;
  ticket: string;
  flow: string;
  caller: string;
  /** '' none. */
  fingerprint: string;
  flight?: string;
  by?: string;
  maker?: string;
  /** JSON of `MakerUser`. */
  maker_user?: string;
  subject?: string;
  /** JSON of `EventDraft`. */
  told_as?: string;
  finished?: string;
  sent?: string;
  failures?: string;
  crashes?: string;
  /** Sealed. */
  input?: string;
  /** Sealed `Ended`. */
  end?: string;
  dead?: DeadReason;
}

/** A limit of pending jobs is reached: nothing was stored. */
export interface Full {
  full: keyof PendingLimits;
}

/** With the roles at the time of the request. */
export interface MakerUser {
  userId: string;
  roles: readonly string[];
}

/** A tenant's client. */
export interface Account {
  kind: string;
  clientId: string;
}

export interface Made {
  record: JobRecord;
  /** More than half of the limit of pending jobs is used. */
  isCrowded: boolean;
}

/** Names that input and end are sealed under. */
export const inputPlace = (id: string): string => `relay:${id}:input`;
export const endPlace = (id: string): string => `relay:${id}:end`;

/** Whether this release can read and perform it. @param fields as stored, alternating with their values */
export function isKnown(fields: readonly string[]): boolean {
  const { operation, format } = fieldsOf<Partial<StoredJob>>(fields);
  return operation === undefined || isKnownJob(operation, format);
}

/** Another process can answer about a job that this release cannot read. @throws Problem `overloaded` */
export function requireKnown({ operation, format }: StoredJob): void {
  if (!isKnownJob(operation, format))
    throw new Problem('overloaded', { internal: 'a newer release made this job' });
}

/** Whether there is a record: a missing one has no fields, or, after its end, a few that were written too late. */
export const isStored = (fields: Partial<StoredJob>): fields is StoredJob => Boolean(fields.operation);

/** A job's fields, without its input. */
export const toStored = ({ by, makerUser, event, ...job }: NewJob): StoredJob => ({
  operation: job.operationId,
  format: formatOf(job.operationId) > 1 ? String(formatOf(job.operationId)) : undefined,
  tenant: job.tenantId ?? '',
  request: job.requestId,
  status: 'queued',
  created: redisTimestamp(),
  ticket: job.ticket,
  flow: job.flow.name,
  caller: job.flow.caller,
  fingerprint: job.fingerprint ?? '',
  flight: job.flight,
  by: by && `${by.kind} ${by.clientId}`,
  maker: job.maker,
  maker_user: makerUser && JSON.stringify(makerUser),
  subject: job.subject,
  told_as: event && JSON.stringify(event),
});

export function toRecord(seal: Pick<Seal, 'open'>, id: string, stored: StoredJob): JobRecord {
  const { maker_user: makerUser, told_as: event, end } = stored;
  return {
    id,
    operationId: stored.operation,
    tenantId: stored.tenant || undefined,
    requestId: stored.request,
    status: stored.status,
    createdAt: stored.created,
    finishedAt: stored.finished,
    sent: stored.sent === '1',
    ticket: stored.ticket,
    by: readAccount(stored.by),
    maker: stored.maker,
    makerUser: makerUser ? parseJson<MakerUser>(makerUser) : undefined,
    subject: stored.subject,
    event: event ? parseJson<EventDraft>(event) : undefined,
    isKeyed: Boolean(stored.fingerprint),
    flight: stored.flight,
    flow: { name: stored.flow, caller: stored.caller },
    failures: Number(stored.failures ?? 0),
    crashes: Number(stored.crashes ?? 0),
    ended: end ? seal.open<Ended<unknown>>(end, endPlace(id)) : undefined,
  };
}

export function statusOf(ended: Ended<unknown>): JobStatus {
  if ('outcome' in ended) return 'succeeded';
  return ended.problem.code === 'outcome_unknown' ? 'unknown' : 'failed';
}

function readAccount(text: string | undefined): Account | undefined {
  const [kind, clientId] = text?.split(' ') ?? [];
  return kind !== undefined && clientId !== undefined ? { kind, clientId } : undefined;
}

/** Its caller is told to retry, so its idempotency key must not get in the way. */
export function hadNoEffect({ code }: RelayProblem): boolean {
  return problems[code].status === 503;
}
