import { relayJob, TEN_MINUTES_MS } from '../relay-job.ts';

export interface AccountDiagnosis {
  /** All applications of the account. */
  applications: number;
  missingScopes: string[];
  vanished: { compared: boolean; total: number; first: VanishedClient[] };
  /** How far the worker's clock is ahead of the one of Redis, ms. */
  workerMs: number;
  /** How far the authority's clock is ahead of the worker's, ms; undefined: it did not tell. */
  authorityMs?: number | undefined;
}

export interface VanishedClient {
  client_id: string;
  kind: 'user' | 'tenant' | 'app';
  tenant_id?: string;
}

export const getAccountDiagnosis = relayJob<Record<never, never>, AccountDiagnosis>()({
  name: 'account.diagnose',
  tenant: 'none',
  access: 'management',
  repeat: 'idempotent',
  firstCall: 'readAccount',
  attempts: 3,
  keepMs: TEN_MINUTES_MS,
  isRead: true,
});
