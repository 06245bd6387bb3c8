import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';

export interface DeleteApiKeyInput {
  clientId: string;
}

/** The authority's half of it: the registry has forgotten the key before. */
export const deleteApiKey: RelayJob<DeleteApiKeyInput, null> = {
  name: 'api-keys.delete',
  operationId: 'deleteApiKey',
  repeat: 'idempotent',
  firstCall: 'other',
  attempts: 5,
  keepMs: A_DAY_MS,
};
