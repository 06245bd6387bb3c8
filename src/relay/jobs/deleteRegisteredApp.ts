import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface DeleteRegisteredAppInput {
  clientId: string;
}

/** Deletes the client at Auth0; the registry has removed the app before. */
export const deleteRegisteredApp = relayJob<DeleteRegisteredAppInput, null>()({
  name: 'clients.delete',
  tenant: 'none',
  access: 'apps',
  repeat: 'idempotent',
  firstCall: 'listClientGrants',
  attempts: 5,
  keepMs: A_DAY_MS,
});
