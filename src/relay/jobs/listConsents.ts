import { TEN_MINUTES_MS, relayJob } from '../relay-job.ts';

/** Whose they are is who calls. */
export type ListConsentsInput = Record<never, never>;

export interface Consent {
  clientId: string;
  /** Of the app; left out: it is registered here no more. */
  name?: string;
  scopes: string[];
  /** ISO 8601. */
  givenAt?: string;
}

export const listConsents = relayJob<ListConsentsInput, Consent[]>()({
  name: 'consents.list',
  tenant: 'any',
  access: 'own-consents',
  repeat: 'idempotent',
  firstCall: 'listGrants',
  attempts: 5,
  keepMs: TEN_MINUTES_MS,
  isRead: true,
});
