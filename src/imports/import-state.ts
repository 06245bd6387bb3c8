/** State of a user import, as stored in Redis. */
import { idOf } from '../events/event.ts';
import { parseJson } from '../json.ts';
import type { Account, MakerUser } from '../relay/job-records.ts';
import type { RowStatus } from './row-outcome.ts';

const STATUSES = ['queued', 'running', 'paused', 'completed', 'cancelled'] as const;
export type ImportStatus = (typeof STATUSES)[number];
/** @param field as stored in Redis; never empty while an import exists */
export const readStatus = (field: string | null | undefined): ImportStatus =>
  STATUSES.find((status) => status === field) ?? 'queued';
/** One call for each row, or Auth0's import jobs. */
export type Channel = 'row_by_row' | 'import_jobs';

/** Version of imports that this release makes; workers of a release that has an older one leave them to others. */
export const IMPORT_FORMAT = 1;

export interface ImportState {
  id: string;
  tenantId: string;
  connection: string;
  /** Account that its rows count against; left out: none. */
  by?: Account | undefined;
  /** The user who uploaded it, themselves or through an app, with the roles of that time. */
  makerUser?: MakerUser | undefined;
  /** Version of its rows and state (`IMPORT_FORMAT`). */
  format: number;
  status: ImportStatus;
  channel: Channel;
  sendsMail: boolean;
  /** Whether each created user emits an event. */
  userEvents: boolean;
  total: number;
  counts: Record<RowStatus, number>;
  /** Rows whose users were created and are not members of the tenant's organization yet: without an outcome. */
  joining: number;
  /** Recent rows per second. */
  rate: number | undefined;
  /** Incremented by every change. */
  version: number;
  /** All rows up to this number are done (lower bound). */
  frontier: number;
  /** All rows up to this number are planned: assigned to a batch, or left to the other channel. */
  planned: number;
  /** Whether import jobs have nothing left to do. */
  jobsDone: boolean;
  /** Id of the worker that drives its import jobs, or did so last. */
  driver: string | undefined;
  /** Events that were stored with changes of the import and are not published yet, as JSON. */
  unpublished: readonly string[];
  createdAt: string;
  startedAt: string | undefined;
  completedAt: string | undefined;
}

/** @throws Error for an import of a newer release: queues retry it each second, so that a newer worker gets it */
export function leaveNewer({ format }: Pick<ImportState, 'format'>): void {
  if (format > IMPORT_FORMAT) throw new Error('a newer release made this import');
}

export const hasEnded = ({ status }: Pick<ImportState, 'status'>): boolean =>
  status === 'completed' || status === 'cancelled';
/** Whether rows may be sent to Auth0. */
export const isGoing = ({ status }: Pick<ImportState, 'status'>): boolean =>
  status === 'queued' || status === 'running';
export const isInJobs = ({ channel, jobsDone }: Pick<ImportState, 'channel' | 'jobsDone'>): boolean =>
  channel === 'import_jobs' && !jobsDone;

export const rowsLeft = ({ total, counts }: ImportState): number =>
  total - counts.created - counts.failed - counts.skipped - counts.unknown;

export function readState(id: string, fields: Record<string, string>): ImportState | undefined {
  const { tenant, connection = '', by, maker_user: makerUser, rate, created_at: createdAt = '' } = fields;
  if (!tenant) return undefined;
  const number = (name: string) => Number(fields[name] ?? 0);
  return {
    id,
    tenantId: tenant,
    connection,
    by: by === undefined ? undefined : parseJson<Account>(by),
    makerUser: makerUser === undefined ? undefined : parseJson<MakerUser>(makerUser),
    format: Number(fields['format'] ?? 1),
    status: readStatus(fields['status']),
    channel: fields['channel'] === 'import_jobs' ? 'import_jobs' : 'row_by_row',
    sendsMail: fields['mail'] === '1',
    userEvents: fields['user_events'] === '1',
    total: number('total'),
    counts: {
      created: number('created'),
      failed: number('failed'),
      skipped: number('skipped'),
      unknown: number('unknown'),
    },
    joining: number('joining'),
    rate: rate === undefined ? undefined : Number(rate),
    version: number('version'),
    frontier: number('frontier'),
    planned: number('planned'),
    jobsDone: fields['jobs_done'] === '1',
    driver: fields['driver'],
    unpublished: Object.entries(fields).flatMap(([name, value]) => (name.startsWith(EVENT) ? [value] : [])),
    createdAt,
    startedAt: fields['started_at'],
    completedAt: fields['completed_at'],
  };
}

/** Initial fields of an import. `failed`: rows that were invalid on reading. */
export interface NewImport {
  tenantId: string;
  connection: string;
  by?: Account | undefined;
  makerUser?: MakerUser | undefined;
  channel: Channel;
  sendsMail: boolean;
  userEvents?: boolean;
  total: number;
  failed: number;
  /** Fingerprint of the request that created it, to recognise a retry. */
  fingerprint: string | undefined;
  createdAt: string;
  /** Event of its creation, as JSON. */
  event?: string | undefined;
}

const EVENT = 'event:';
/** Field that holds an event until it is published. */
export const eventField = (event: string): string => EVENT + idOf(event);

/** @returns names and values, as `HSET` takes them */
export function stateFields(made: NewImport): (string | number)[] {
  const isOver = made.failed === made.total;
  const fields = Object.entries({
    tenant: made.tenantId,
    connection: made.connection,
    by: made.by && JSON.stringify(made.by),
    maker_user: made.makerUser && JSON.stringify(made.makerUser),
    format: IMPORT_FORMAT > 1 ? IMPORT_FORMAT : undefined,
    status: isOver ? 'completed' : 'queued',
    channel: made.channel,
    mail: made.sendsMail ? 1 : 0,
    user_events: made.userEvents ? 1 : undefined,
    total: made.total,
    failed: made.failed,
    done: made.failed,
    version: 1,
    created_at: made.createdAt,
    fingerprint: made.fingerprint,
    started_at: isOver ? made.createdAt : undefined,
    completed_at: isOver ? made.createdAt : undefined,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  return made.event === undefined ? fields : [...fields, eventField(made.event), made.event];
}
