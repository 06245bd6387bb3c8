import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface AdoptClientInput {
  tenantId: string;
  clientId: string;
  as: 'api_key' | 'web_app';
  /** Of the key; left out: those of its client grant which this API knows. */
  scopes?: string[];
  knownScopes: readonly string[];
  allowedAddresses?: string[];
  /** Most keys of the tenant. */
  limit: number;
  /** Client ids of the deployment's own single-page app and of its operators, who would be refused as soon as one is a tenant's. */
  ownClients: readonly string[];
  /** Of the key, in its client's metadata. */
  keyId: string;
  /** Only says what would be done. */
  dryRun: boolean;
}

export interface AdoptClientOutcome {
  tenantId: string;
  clientId: string;
  as: 'api_key' | 'web_app';
  outcome: 'adopted' | 'already';
  dryRun: boolean;
  name?: string;
  scopes?: string[];
  addedScopes?: string[];
  removedScopes?: string[];
  origins?: string[];
}

export const adoptClient = relayJob<AdoptClientInput, AdoptClientOutcome>()({
  name: 'clients.adopt',
  tenant: 'none',
  access: 'management',
  repeat: 'idempotent',
  firstCall: 'readClient',
  attempts: 5,
  keepMs: A_DAY_MS,
});
