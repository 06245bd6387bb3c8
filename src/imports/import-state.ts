/** A user import's state as it stands in Redis. */
import { idOf } from '../events/event.ts';
import type { Account, MakerUser } from '../relay/job-records.ts';
import type { RowStatus } from './row-outcome.ts';

export type ImportStatus = 'queued' | 'running' | 'paused' | 'completed' | 'cancelled';
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
  if (!fields['tenant']) return undefined;
  const number = (name: string) => Number(fields[name] ?? 0);
  return {
    id,
    tenantId: fields['tenant'],
    connection: fields['connection']!,
    by: fields['by'] === undefined ? undefined : (JSON.parse(fields['by']) as Account),
    makerUser:
      fields['maker_user'] === undefined ? undefined : (JSON.parse(fields['maker_user']) as MakerUser),
    status: fields['status'] as ImportStatus,
    channel: (fields['channel'] as Channel | undefined) ?? 'row_by_row',
    sendsMail: fields['mail'] === '1',
    userEvents: fields['user_events'] === '1',
    total: number('total'),
    counts: {
      created: number('created'),
      failed: number('failed'),
      skipped: number('skipped'),
      unknown: number('unknown'),
    },
    rate: fields['rate'] === undefined ? undefined : Number(fields['rate']),
    version: number('version'),
    frontier: number('frontier'),
    planned: number('planned'),
    jobsDone: fields['jobs_done'] === '1',
    driver: fields['driver'],
    untold: Object.entries(fields).flatMap(([name, value]) => (name.startsWith(EVENT) ? [value] : [])),
    createdAt: fields['created_at']!,
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

export function stateFields(made: NewImport): Record<string, string | number> {
  const isOver = made.failed === made.total;
  return {
    tenant: made.tenantId,
    connection: made.connection,
    ...(made.by ? { by: JSON.stringify(made.by) } : {}),
    ...(made.makerUser ? { maker_user: JSON.stringify(made.makerUser) } : {}),
    status: isOver ? 'completed' : 'queued',
    channel: made.channel,
    mail: made.sendsMail ? 1 : 0,
    ...(made.userEvents ? { user_events: 1 } : {}),
    total: made.total,
    failed: made.failed,
    done: made.failed,
    version: 1,
    created_at: made.createdAt,
    ...(made.fingerprint === undefined ? {} : { fingerprint: made.fingerprint }),
    ...(made.event === undefined ? {} : { [eventField(made.event)]: made.event }),
    ...(isOver ? { started_at: made.createdAt, completed_at: made.createdAt } : {}),
  };
}
