import type { AppMetadata } from '../../registry/app-metadata.ts';
import type { RelayJob } from '../relay-job.ts';
import type { RegisterAppOutcome } from './registerApp.ts';

export interface UpdateRegisteredAppInput {
  clientId: string;
  metadata: AppMetadata;
  /** Seconds since 1970. */
  issuedAt: number;
  /** As it was: what the authority need not be told is not. */
  before: AppMetadata;
}

/** The authority's half of it: the registry follows when this has ended well. */
export const updateRegisteredApp: RelayJob<UpdateRegisteredAppInput, RegisterAppOutcome> = {
  name: 'clients.update',
  operationId: 'updateRegisteredApp',
  repeat: 'idempotent',
  firstCall: 'other',
  attempts: 3,
  keepMs: 60_000,
  shownOnce: true,
};
