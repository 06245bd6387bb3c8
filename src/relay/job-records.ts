/** A relay job: what is to be done, how it stands, how it ended. Stored by `job-store.ts`; input and end are sealed. */
import { problems } from '../contract/generated-problems.ts';
import type { EventDraft } from '../events/event.ts';
import { parseJson } from '../json.ts';
import { redisTimestamp } from '../redis/clock.ts';
import type { Seal } from '../secrets/seal.ts';
import type { Flow, PendingLimits } from './fair-queue/flow.ts';
import type { RelayOperationId } from './jobs/index.ts';
import type { Ended, RelayProblem } from './relay-job.ts';

export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'unknown';

/** Why a job is kept as a dead letter. */
export type DeadReason =
  /** Its workers died, again and again, with it in hand. */
  | 'kills_workers'
  /** Our own code failed. */
  | 'failed_inside'
  /** Auth0 refused our own credential or its scopes. */
  | 'authority_refused_us'
  /** The plan of the account at Auth0 lacks what the call needs. */
  | 'not_in_plan';

/** What is asked for, by whom and for whom. */
export interface JobRequest {
  operationId: RelayOperationId;
  /** undefined: work that belongs to no tenant. */
  tenantId: string | undefined;
  requestId: string;
  /** On whose account its calls go. */
  by: Account | undefined;
  /** Who asked for it (`callerOf`): what may be shown once is shown to nobody else. */
  maker: string | undefined;
  /** The user who asked for it, or whose app did. */
  makerUser: MakerUser | undefined;
  /** The user whom it concerns. */
  subject: string | undefined;
  /** Who it is done for, as far as turns go. */
  flow: Flow;
}

interface Job extends JobRequest {
  id: string;
  /** Id of what stands on the queue for it. */
  ticket: string;
  /** Key under which others that ask for the same find it, until its call is sent. */
  flight: string | undefined;
  /** Of the event that tells how it ended; undefined: nobody asked for this job, or it is a read. */
  event: EventDraft | undefined;
}

export interface JobRecord extends Job {
  status: JobStatus;
  createdAt: string;
  finishedAt: string | undefined;
  /** A call that changes something was sent, by this try or an earlier one. */
  sent: boolean;
  /** It has an idempotency key. */
  isKeyed: boolean;
  /** How often it failed in a way that passes. */
  failures: number;
  /** How many workers died that had it. */
  crashes: number;
  /** How it ended; undefined while it has not. */
  ended: Ended<unknown> | undefined;
}

export interface NewJob extends Job {
  input: unknown;
  /** Of the whole request, for a job with an idempotency key: another request with that key is another one. */
  fingerprint: string | undefined;
}

/** The fields of a record, as they stand in its hash; those that are left out are not stored. */
export interface StoredJob {
  operation: RelayOperationId;
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

/** More jobs are pending than may be: nothing was stored. */
export interface Full {
  full: keyof PendingLimits;
}

/** With the roles that counted when it asked. */
export interface MakerUser {
  userId: string;
  roles: readonly string[];
}

/** A client of a tenant. */
export interface Account {
  kind: string;
  clientId: string;
}

export interface Made {
  record: JobRecord;
  /** More than half of what may be pending is. */
  isCrowded: boolean;
}

/** Where they are sealed. */
export const inputPlace = (id: string): string => `relay:${id}:input`;
export const endPlace = (id: string): string => `relay:${id}:end`;

/** Whether there is a record: one that is not there has no fields, or, after its end, few that came too late. */
export const isStored = (fields: Partial<StoredJob>): fields is StoredJob => Boolean(fields.operation);

/** A job's fields without its input. */
export const toStored = ({ by, makerUser, event, ...job }: NewJob): StoredJob => ({
  operation: job.operationId,
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

/** Its caller is told to repeat it, so its idempotency key must not stand in the way. */
export function hadNoEffect({ code }: RelayProblem): boolean {
  return problems[code].status === 503;
}
