import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';

export interface DeleteRegisteredAppInput {
  clientId: string;
}

/** The authority's half of it: the registry has forgotten the app before. */
export const deleteRegisteredApp: RelayJob<DeleteRegisteredAppInput, null> = {
  name: 'clients.delete',
  operationId: 'deleteRegisteredApp',
  repeat: 'idempotent',
  firstCall: 'other',
  attempts: 5,
  keepMs: A_DAY_MS,
};
