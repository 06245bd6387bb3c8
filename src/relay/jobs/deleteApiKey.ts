import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface DeleteApiKeyInput {
  clientId: string;
}

/** Deletes the client at Auth0; the registry has removed the key before. */
export const deleteApiKey = relayJob<DeleteApiKeyInput, null>()({
  name: 'api-keys.delete',
  tenant: 'any',
  access: 'api-keys',
  repeat: 'idempotent',
  firstCall: 'listClientGrants',
  attempts: 5,
  keepMs: A_DAY_MS,
});
