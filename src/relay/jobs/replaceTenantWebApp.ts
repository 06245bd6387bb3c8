import type { SpaClient } from '../../registry/clients.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';
import type { WebAppAddresses } from './createTenant.ts';

export interface ReplaceTenantWebAppInput {
  id: string;
  clientId: string;
  webApp: WebAppAddresses;
}

export const replaceTenantWebApp = relayJob<ReplaceTenantWebAppInput, SpaClient>()({
  name: 'tenants.web-app.replace',
  tenant: 'none',
  access: 'management',
  repeat: 'idempotent',
  firstCall: 'updateWebApp',
  attempts: 5,
  keepMs: A_DAY_MS,
});
