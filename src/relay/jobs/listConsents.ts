import { TEN_MINUTES_MS, relayJob } from '../relay-job.ts';

/** The consents of the caller. */
export type ListConsentsInput = Record<never, never>;

export interface Consent {
  clientId: string;
  /** Name of the app; left out: it is no longer registered. */
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
