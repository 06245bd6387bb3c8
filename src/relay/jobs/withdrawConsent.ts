import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';

export interface WithdrawConsentInput {
  userId: string;
  clientId: string;
  /** As the authority's grants name it, where that is another one. */
  authorityClientId?: string;
  /** The registry has no such app, so nothing is written down of it. */
  isUnknown?: true;
}

/** The authority's half of it: the registry has shut the app out for this user before. */
export const withdrawConsent: RelayJob<WithdrawConsentInput, null> = {
  name: 'consents.withdraw',
  operationId: 'withdrawConsent',
  repeat: 'idempotent',
  firstCall: 'other',
  attempts: 5,
  keepMs: A_DAY_MS,
};
