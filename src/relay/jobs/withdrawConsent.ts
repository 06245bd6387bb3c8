import { A_DAY_MS, relayJob } from '../relay-job.ts';

/** Whose it is is who calls. */
export interface WithdrawConsentInput {
  clientId: string;
  /** As the authority's grants name it, where that is another one. */
  authorityClientId?: string;
  /** The registry has no such app, so nothing is written down of it. */
  isUnknown?: true;
}

/** The authority's half of it: the registry has shut the app out for this user before. */
export const withdrawConsent = relayJob<WithdrawConsentInput, null>()({
  name: 'consents.withdraw',
  tenant: 'any',
  access: 'own-consents',
  repeat: 'idempotent',
  firstCall: 'listGrants',
  attempts: 5,
  keepMs: A_DAY_MS,
});
