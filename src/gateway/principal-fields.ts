/** The principal as plain header fields, for services that verify no tokens and are reached through the gateway only. */
import type { Principal } from '../principal.ts';
import { scopesOf, type Service } from './service.ts';

/** Every name; none of them is accepted from a caller. */
export const PRINCIPAL_FIELDS = [
  'X-Caller-Kind',
  'X-Tenant-Id',
  'X-Client-Id',
  'X-User-Id',
  'X-Scopes',
  'X-Roles',
] as const;

/** @returns alternately a name and its value; lists are separated by blanks */
export function principalFields(principal: Principal, service: Pick<Service, 'scopes'>): string[] {
  const { kind, tenantId, clientId, scopes } = principal;
  const fields = [
    'X-Caller-Kind',
    kind,
    'X-Tenant-Id',
    tenantId,
    'X-Client-Id',
    clientId,
    'X-Scopes',
    scopesOf(service, scopes).join(' '),
  ];
  if (principal.kind !== 'tenant')
    fields.push('X-User-Id', principal.userId, 'X-Roles', principal.roles.join(' '));
  return fields;
}
