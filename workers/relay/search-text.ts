/** Builds Lucene queries for Auth0's user search, in this place only: input is escaped (invariant 1). */
import type { UserFilters } from '../../src/relay/jobs/listUsers.ts';
import type { TenantOfUsers } from './whose-user.ts';

/** @param from earliest creation date, ISO 8601 */
export function searchText(tenant: TenantOfUsers, filters: UserFilters, from: string | undefined): string {
  const { name, name_prefix, blocked, role } = filters;
  const created = later(from, filters.created_from);
  return [
    // A guest's sign-ins are those of other tenants, too, and not shown: nor may a search tell when they were.
    ofSignIns(filters) ? isHome(tenant.id) : usersOf(tenant),
    ...(name === undefined ? [] : [`name:${phrase(name)}`]),
    ...(name_prefix === undefined ? [] : [`name:${word(name_prefix)}*`]),
    // Users who were never blocked lack the field.
    ...(blocked === undefined ? [] : [blocked ? 'blocked:true' : 'NOT blocked:true']),
    ...(role === undefined ? [] : [hasRole(tenant, role)]),
    ...range('created_at', created, filters.created_before),
    ...range('last_login', filters.last_login_from, filters.last_login_before),
  ].join(' AND ');
}

/** Whether a search depends on when users signed in. */
export const ofSignIns = ({ last_login_from, last_login_before }: UserFilters): boolean =>
  last_login_from !== undefined || last_login_before !== undefined;

/** Auth0 compares emails case-insensitively here (Auth0 docs, "User search query syntax"). */
export function emailSearchText(tenant: TenantOfUsers, email: string): string {
  return `${usersOf(tenant)} AND email:${phrase(email)}`;
}

/** Home users; and guests by their marks, where the tenant is an organization: not its many members who have none yet. */
function usersOf({ id, organization }: TenantOfUsers): string {
  return organization === undefined ? isHome(id) : `(${isHome(id)} OR ${isMarked(organization, id)})`;
}

/** The mark of a home user may say otherwise, and decides (`whose-user.ts`): check each result. */
function hasRole({ id, organization }: TenantOfUsers, role: string): string {
  const atHome = `app_metadata.roles:${phrase(role)}`;
  if (organization === undefined) return atHome;
  const marked = `${isMarked(organization, id)} AND app_metadata.${organization}.roles:${phrase(role)}`;
  return `((${isHome(id)} AND ${atHome}) OR (${marked}))`;
}

/** The operator's text in an adoption, which may find anybody. @param from earliest creation date, ISO 8601 */
export const operatorsSearchText = (query: string, from: string | undefined): string =>
  [`(${query})`, ...range('created_at', from, undefined)].join(' AND ');

/**
 * Users of one connection.
 * @param from creation date to begin with, ISO 8601
 * @param changedSince only those whose record has changed since then, as by a sign-in; ISO 8601
 */
export function connectionSearchText(
  connection: string,
  from: string | undefined,
  changedSince?: string,
): string {
  return [
    `identities.connection:${phrase(connection)}`,
    ...range('created_at', from, undefined),
    ...range('updated_at', changedSince, undefined),
  ].join(' AND ');
}

/**
 * Whose home is another tenant, or none, and who are members of a tenant's organization, or have its mark though their membership ended.
 * @param from creation date to begin with, ISO 8601
 */
export function guestSearchText(organization: string, tenantId: string, from: string | undefined): string {
  return [
    `(organization_id:${phrase(organization)} OR ${isMarked(organization, tenantId)})`,
    `NOT ${isHome(tenantId)}`,
    ...range('created_at', from, undefined),
  ].join(' AND ');
}

/** Who have the mark of a tenant's organization, and are neither its members nor users whom the tenant created. */
export function formerGuestSearchText(organization: string, tenantId: string): string {
  const isMember = `organization_id:${phrase(organization)}`;
  return `${isMarked(organization, tenantId)} AND NOT ${isMember} AND NOT ${isHome(tenantId)}`;
}

const isHome = (tenantId: string) => `app_metadata.tenant_id:${phrase(tenantId)}`;

/** Auth0 searches nested members by their path (Auth0 docs, "User search query syntax"). */
const isMarked = (organization: string, tenantId: string) =>
  `app_metadata.${organization}.tenant_id:${phrase(tenantId)}`;

/** Inside quotation marks only these two characters are special. */
const phrase = (text: string) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** Escapes every character except letters and digits: more than necessary, and certainly all special ones. */
const word = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`);

/** Dates were validated on input. */
function range(field: string, from: string | undefined, before: string | undefined): string[] {
  if (from === undefined && before === undefined) return [];
  return [`${field}:[${from ?? '*'} TO ${before ?? '*'}}`];
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
