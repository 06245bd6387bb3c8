import { TEN_MINUTES_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';

export interface ListConsentsInput {
  userId: string;
}

export interface Consent {
  clientId: string;
  /** Of the app; left out: it is registered here no more. */
  name?: string;
  scopes: string[];
  /** ISO 8601. */
  givenAt?: string;
}

export const listConsents: RelayJob<ListConsentsInput, Consent[]> = {
  name: 'consents.list',
  operationId: 'listConsents',
  repeat: 'idempotent',
  firstCall: 'other',
  attempts: 5,
  keepMs: TEN_MINUTES_MS,
  isRead: true,
};
