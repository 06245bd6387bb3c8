/** A user import's state as it stands in Redis. */
import { idOf } from '../events/event.ts';
import { parseJson } from '../json.ts';
import type { Account, MakerUser } from '../relay/job-records.ts';
import type { RowStatus } from './row-outcome.ts';

const STATUSES = ['queued', 'running', 'paused', 'completed', 'cancelled'] as const;
export type ImportStatus = (typeof STATUSES)[number];
/** @param field as it stands in Redis, from the first moment of an import on */
export const readStatus = (field: string | null | undefined): ImportStatus =>
  STATUSES.find((status) => status === field) ?? 'queued';
/** One call for each row, or Auth0's import jobs. */
export type Channel = 'row_by_row' | 'import_jobs';

export interface ImportState {
  id: string;
  tenantId: string;
  connection: string;
  /** On whose account its rows go; left out, on nobody's. */
  by?: Account | undefined;
  /** The user who uploaded it, or whose app did, with the roles of that time. */
  makerUser?: MakerUser | undefined;
  status: ImportStatus;
  channel: Channel;
  sendsMail: boolean;
  /** Each user that it creates is an event. */
  userEvents: boolean;
  total: number;
  counts: Record<RowStatus, number>;
  /** Rows a second, lately. */
  rate: number | undefined;
  /** Grows with every change. */
  version: number;
  /** So many rows from the first one on are done, at least. */
  frontier: number;
  /** So many rows from the first one on are in batches for import jobs, or in none. */
  planned: number;
  /** Whether nothing is left for import jobs to do. */
  jobsDone: boolean;
  /** Who takes it through import jobs, or did so last. */
  driver: string | undefined;
  /** Events that were written with its changes and are not on their way yet, as JSON. */
  untold: readonly string[];
  createdAt: string;
  startedAt: string | undefined;
  completedAt: string | undefined;
}

export const hasEnded = ({ status }: Pick<ImportState, 'status'>): boolean =>
  status === 'completed' || status === 'cancelled';
/** Rows may be sent to the authority. */
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
    rate: rate === undefined ? undefined : Number(rate),
    version: number('version'),
    frontier: number('frontier'),
    planned: number('planned'),
    jobsDone: fields['jobs_done'] === '1',
    driver: fields['driver'],
    untold: Object.entries(fields).flatMap(([name, value]) => (name.startsWith(EVENT) ? [value] : [])),
    createdAt,
    startedAt: fields['started_at'],
    completedAt: fields['completed_at'],
  };
}

/** What a new import starts with. `failed`: rows that are wrong as they were read. */
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
  /** Of the request that made it, to know a repeat by. */
  fingerprint: string | undefined;
  createdAt: string;
  /** Tells of it, as JSON. */
  event?: string | undefined;
}

const EVENT = 'event:';
/** The field that an event lies in until it is on its way. */
export const eventField = (event: string): string => EVENT + idOf(event);

/** @returns names and values, as `HSET` takes them */
export function stateFields(made: NewImport): (string | number)[] {
  const isOver = made.failed === made.total;
  const fields = Object.entries({
    tenant: made.tenantId,
    connection: made.connection,
    by: made.by && JSON.stringify(made.by),
    maker_user: made.makerUser && JSON.stringify(made.makerUser),
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
