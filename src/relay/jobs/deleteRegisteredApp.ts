import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface DeleteRegisteredAppInput {
  clientId: string;
}

/** The authority's half of it: the registry has forgotten the app before. */
export const deleteRegisteredApp = relayJob<DeleteRegisteredAppInput, null>()({
  name: 'clients.delete',
  tenant: 'none',
  access: 'apps',
  repeat: 'idempotent',
  firstCall: 'listClientGrants',
  attempts: 5,
  keepMs: A_DAY_MS,
});
