/** A relay job: what is to be done, how it stands, how it ended. Stored by `job-store.ts`; input and end are sealed. */
import { problems } from '../contract/generated-problems.ts';
import type { EventDraft } from '../events/event.ts';
import type { Seal } from '../secrets/seal.ts';
import type { Flow, PendingLimits } from './fair-queue/flow.ts';
import type { RelayOperationId } from './jobs/index.ts';
import type { Ended, RelayProblem } from './relay-job.ts';

export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'unknown';

export interface JobRecord {
  id: string;
  operationId: RelayOperationId;
  /** undefined: work that belongs to no tenant. */
  tenantId: string | undefined;
  requestId: string;
  status: JobStatus;
  createdAt: string;
  finishedAt: string | undefined;
  /** A call that changes something was sent, by this try or an earlier one. */
  sent: boolean;
  /** Id of what stands on the queue for it. */
  ticket: string;
  /** It has an idempotency key. */
  isKeyed: boolean;
  /** Key under which others that ask for the same find it, until its call is sent. */
  flight: string | undefined;
  /** On whose account its calls go. */
  by: Account | undefined;
  /** Who asked for it (`callerOf`). */
  maker: string | undefined;
  /** The user who asked for it, or whose app did. */
  makerUser: MakerUser | undefined;
  /** The user whom it concerns. */
  subject: string | undefined;
  /** Of the event that tells how it ended; undefined: nobody asked for this job, or it is a read. */
  event: EventDraft | undefined;
  /** Who it is done for, as far as turns go. */
  flow: Flow;
  /** How often it failed in a way that passes. */
  failures: number;
  /** How many workers died that had it. */
  crashes: number;
  /** How it ended; undefined while it has not. */
  ended: Ended<unknown> | undefined;
}

export interface NewJob {
  id: string;
  operationId: RelayOperationId;
  tenantId: string | undefined;
  requestId: string;
  input: unknown;
  /** Of the whole request, for a job with an idempotency key: another request with that key is another one. */
  fingerprint: string | undefined;
  /** Key under which others that ask for the same find it, until its call is sent. */
  flight: string | undefined;
  /** Id of what stands on the queue for it. */
  ticket: string;
  /** Of the event that tells how it ended; undefined: nobody asked for this job. */
  event: EventDraft | undefined;
  by: Account | undefined;
  maker: string | undefined;
  makerUser: MakerUser | undefined;
  subject: string | undefined;
  flow: Flow;
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

/** @param fields of a record as they are stored @returns undefined when there are none */
export function readRecord(
  seal: Pick<Seal, 'open'>,
  id: string,
  fields: Record<string, string>,
): JobRecord | undefined {
  if (!fields['operation']) return undefined;
  const ended = fields['end'];
  return {
    id,
    operationId: fields['operation'] as RelayOperationId,
    tenantId: fields['tenant'] || undefined,
    requestId: fields['request']!,
    status: fields['status'] as JobStatus,
    createdAt: fields['created']!,
    finishedAt: fields['finished'],
    sent: fields['sent'] === '1',
    ticket: fields['ticket']!,
    by: readAccount(fields['by']),
    maker: fields['maker'],
    makerUser: fields['maker_user'] ? (JSON.parse(fields['maker_user']) as MakerUser) : undefined,
    subject: fields['subject'],
    event: fields['told_as'] ? (JSON.parse(fields['told_as']) as EventDraft) : undefined,
    isKeyed: Boolean(fields['fingerprint']),
    flight: fields['flight'],
    flow: { name: fields['flow'] ?? '', caller: fields['caller'] ?? '' },
    failures: Number(fields['failures'] ?? 0),
    crashes: Number(fields['crashes'] ?? 0),
    ended: ended ? seal.open<Ended<unknown>>(ended, endPlace(id)) : undefined,
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
