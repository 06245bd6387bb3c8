import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface DeleteApiKeyInput {
  clientId: string;
}

/** The authority's half of it: the registry has forgotten the key before. */
export const deleteApiKey = relayJob<DeleteApiKeyInput, null>()({
  name: 'api-keys.delete',
  tenant: 'any',
  access: 'api-keys',
  repeat: 'idempotent',
  firstCall: 'listClientGrants',
  attempts: 5,
  keepMs: A_DAY_MS,
});
