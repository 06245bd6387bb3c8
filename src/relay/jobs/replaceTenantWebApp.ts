import type { UserClient } from '../../registry/clients.ts';
import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';
import type { WebAppAddresses } from './createTenant.ts';

export interface ReplaceTenantWebAppInput {
  id: string;
  clientId: string;
  webApp: WebAppAddresses;
}

export const replaceTenantWebApp: RelayJob<ReplaceTenantWebAppInput, UserClient> = {
  name: 'tenants.web-app.replace',
  operationId: 'replaceTenantWebApp',
  repeat: 'idempotent',
  firstCall: 'other',
  attempts: 5,
  keepMs: A_DAY_MS,
};
