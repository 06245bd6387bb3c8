import type { Latency } from './latency.ts';
import type { Plan } from './limits/plans.ts';

/** Settings that can be changed at run time. Times in milliseconds. */
export interface Settings {
  plan: Plan;
  /** Additional latency of each Management API call. */
  latency: Latency;
  /** Delay until a write is visible to searches. Reads by id and by email see it immediately. */
  searchDelayMs: number;
  /** How long the old secret remains valid after a rotation; Auth0 says up to 30 s. */
  rotationOverlapMs: number;
  /** How long the new secret is refused after a rotation: the other extreme of the same 30 s. */
  rotationDelayMs: number;
  /** Users per second that imports process; 0: imports are suspended. */
  importUsersPerSecond: number;
  /** Whether metadata documents may be on this machine, also over plain http; Auth0 accepts only https on other hosts. */
  loopbackDocuments: boolean;
  /** Databases that the login page checks: all usable ones, or one, as Auth0's cannot choose between several. */
  loginDatabases: 'all' | 'one';
  /**
   * Password policy of databases created without options. `flexible`: fifteen characters, as recorded since August 2026; `by_name`: the
   * policy `good`, as recorded before.
   */
  passwordsOfNewDatabases: 'flexible' | 'by_name';
  /** How long the build of an Action takes after it was created or changed; nothing is really built. */
  actionBuildMs: number;
  /** How long after a custom domain was made Auth0 looks for its DNS record, and shows that it does. The record is never found here. */
  customDomainCheckMs: number;
  /** How long the deletion of a connection takes: until then, deleting it again is answered like the first time. */
  connectionDeletionMs: number;
  /** Whether mails of jobs can be sent. */
  mailDelivery: 'works' | 'fails';
  /** Runtime of Actions that name none. */
  runtimeOfNewActions: string;
  /** How long after a failed delivery of an event the next attempt is made; twice as long for each further one. */
  eventRetryMs: number;
  /** How long Actions of one trigger may run; Auth0's limit is 20 seconds. */
  actionTimeoutMs: number;
}

export const RUNTIME_OF_NEW_ACTIONS = 'node22';
export const ACTION_TIMEOUT_MS = 20_000;
export const EVENT_RETRY_MS = 1_000;
export const CUSTOM_DOMAIN_CHECK_MS = 60_000;

/** Slow enough that a pending import can be observed, fast enough to wait for. */
export const IMPORT_USERS_PER_SECOND = 2_000;
