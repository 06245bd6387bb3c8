import type { Latency } from './latency.ts';
import type { Plan } from './limits/plans.ts';

/** What can be changed while the stand-in runs. Times in milliseconds. */
export interface Settings {
  plan: Plan;
  /** How long each Management call takes in addition. */
  latency: Latency;
  /** How long a write stays invisible to searches. By id and by e-mail it shows at once. */
  searchDelayMs: number;
  /** How long the old secret goes on being accepted after a rotation; Auth0 says up to 30 s. */
  rotationOverlapMs: number;
  /** How long the new secret is still refused after a rotation: the other extreme of the same 30 s. */
  rotationDelayMs: number;
  /** How many users of an import are worked on in a second; 0: imports stand still. */
  importUsersPerSecond: number;
  /** Whether metadata documents may lie on this machine, with plain http too; Auth0 takes https from elsewhere only. */
  loopbackDocuments: boolean;
  /** Which databases the login page asks: all that may be used, or one, as Auth0's cannot choose between several. */
  loginDatabases: 'all' | 'one';
  /**
   * What a database that is made without options asks of passwords. `flexible`: fifteen characters, as recorded since August 2026;
   * `by_name`: the policy `good`, as recorded before.
   */
  passwordsOfNewDatabases: 'flexible' | 'by_name';
}

/** Slow enough that an import is seen pending, quick enough to wait for. */
export const IMPORT_USERS_PER_SECOND = 2_000;
