import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface DeleteTenantInput {
  id: string;
  users: 'delete' | 'keep';
  /** Only reports what would be deleted, with a confirmation for the actual request. */
  dryRun?: { confirmation: string; confirmBefore: string };
}

export interface TenantDeletionPreview {
  id: string;
  users: 'delete' | 'keep';
  apiKeys: number;
  webApps: number;
  userCount: number;
  consents: number;
  connections: number;
  organizations: number;
  openImports: number;
  confirmation: string;
  /** ISO 8601. */
  confirmBefore: string;
}

export const deleteTenantSteps = [
  'keys_and_app',
  'imports',
  'consents',
  'users',
  'organization',
  'forget',
] as const;

/** The registry marks the tenant as being deleted before; from then on it has no access. */
export const deleteTenant = relayJob<DeleteTenantInput, TenantDeletionPreview | null>()({
  name: 'tenants.delete',
  tenant: 'none',
  access: 'management',
  repeat: 'idempotent',
  firstCall: 'listClientGrants',
  attempts: 12,
  keepMs: A_DAY_MS,
});
