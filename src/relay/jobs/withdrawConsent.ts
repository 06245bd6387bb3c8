import { A_DAY_MS, relayJob } from '../relay-job.ts';

/** The consent of the caller. */
export interface WithdrawConsentInput {
  clientId: string;
  /** The client id in Auth0's grants, if it differs. */
  authorityClientId?: string;
  /** The registry has no such app, so it stores nothing about it. */
  isUnknown?: true;
}

/** Deletes the grant at Auth0; the registry has blocked the app for this user before. */
export const withdrawConsent = relayJob<WithdrawConsentInput, null>()({
  name: 'consents.withdraw',
  tenant: 'any',
  access: 'own-consents',
  repeat: 'idempotent',
  firstCall: 'listGrants',
  attempts: 5,
  keepMs: A_DAY_MS,
});
