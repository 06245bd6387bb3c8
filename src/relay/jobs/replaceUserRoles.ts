import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface ReplaceUserRolesInput {
  userId: string;
  authority: Authority;
  roles: string[];
  /** Roles that the tenant may assign: all others are left unchanged. */
  assignable: string[];
}

export const replaceUserRoles = relayJob<ReplaceUserRolesInput, string[]>()({
  name: 'users.roles.replace',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'idempotent',
  altersAccess: true,
  firstCall: 'getUser',
  attempts: 5,
  keepMs: A_DAY_MS,
});
