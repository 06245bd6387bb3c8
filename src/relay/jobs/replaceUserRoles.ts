import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';

export interface ReplaceUserRolesInput {
  tenantId: string;
  userId: string;
  authority: Authority;
  roles: string[];
  /** The roles that the tenant may assign: others stay as they are. */
  assignable: string[];
}

export const replaceUserRoles: RelayJob<ReplaceUserRolesInput, string[]> = {
  name: 'users.roles.replace',
  operationId: 'replaceUserRoles',
  repeat: 'idempotent',
  altersAccess: true,
  firstCall: 'users_read',
  attempts: 5,
  keepMs: A_DAY_MS,
};
