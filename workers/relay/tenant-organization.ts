/**
 * A tenant's organization at the authority: created for it, or an existing one that it takes over. Its metadata name the tenant
 * (`tenant_id`, which the account's Action reads) and the relay job that said so (`made_by`), by which a retry finds it.
 */
import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Auth0Organization, OrganizationConnection } from '../../src/auth0/management-organizations.ts';
import type { Management } from '../../src/auth0/management.ts';
import { Problem } from '../../src/problem.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { isFailure, onFailure } from '../failures.ts';
import type { ManagementContext } from './performer.ts';

type Context = Pick<ManagementContext, 'management' | 'tenants'>;

export interface TenantOrganization {
  id: string;
  /** It was created for the tenant, and is deleted with it. */
  isOwn: boolean;
}

export interface OrganizationWanted {
  /** `new`, or the id of an existing one. */
  organization: string;
  tenant: Pick<Tenant, 'id' | 'name'>;
  /** Id of the relay job. */
  madeBy: string;
}

/** What a tenant adds to an organization's metadata. */
const OURS = ['tenant_id', 'made_by'];

/**
 * Idempotent.
 * @param connectionId of the connection of the tenant's users, by which the members sign in
 * @throws Problem `organization_exists`, `organization_owned`, `unknown_organization`
 */
export async function makeOrganization(
  context: Context,
  wanted: OrganizationWanted,
  connectionId: string,
): Promise<TenantOrganization> {
  const known = await checkOrganization(context, wanted);
  if (wanted.organization === 'new')
    return { id: (known ?? (await create(context, wanted, connectionId))).id, isOwn: true };
  await takeOver(context.management, known!, wanted, connectionId);
  return { id: known!.id, isOwn: false };
}

/**
 * The look-up by name costs one call, but distinguishes an earlier attempt from a conflict.
 * @returns what an earlier attempt created, or what is to be taken over; undefined: it is to be created
 * @throws Problem as `makeOrganization`
 */
export async function checkOrganization(
  { management, tenants }: Context,
  { organization, tenant, madeBy }: Omit<OrganizationWanted, 'madeBy'> & { madeBy: string | undefined },
): Promise<Auth0Organization | undefined> {
  if (organization === 'new') {
    const named = await management.findOrganizationByName(tenant.id);
    if (named && !isMadeBy(named, madeBy)) throw new Problem('organization_exists');
    return named;
  }
  const found = await management.findOrganization(organization);
  if (!found) throw new Problem('unknown_organization');
  // The metadata know tenants that the registry has lost; the registry knows those whose metadata somebody has changed.
  if (isOfAnother(found, tenant.id) || (await tenants.organizationHolder(organization, tenant.id)))
    throw new Problem('organization_owned');
  return found;
}

async function create(
  context: Context,
  wanted: OrganizationWanted,
  connectionId: string,
): Promise<Auth0Organization> {
  const { id: name, name: displayName } = wanted.tenant;
  const metadata = { tenant_id: name, made_by: wanted.madeBy };
  try {
    return await context.management.createOrganization({ name, displayName, metadata, connectionId });
  } catch (error) {
    // Another attempt was faster, or an organization that is not listed under its name.
    const made = isFailure(error, 'exists') ? await checkOrganization(context, wanted) : undefined;
    if (made) return made;
    throw isFailure(error, 'exists') ? new Problem('organization_exists', { cause: error }) : error;
  }
}

async function takeOver(
  management: Management,
  { id, metadata = {}, third_party_client_access }: Auth0Organization,
  { tenant, madeBy }: OrganizationWanted,
  connectionId: string,
): Promise<void> {
  // One that names the tenant already stays as it is, also when this is rolled back.
  const names =
    metadata['tenant_id'] === tenant.id
      ? {}
      : { metadata: { ...metadata, tenant_id: tenant.id, made_by: madeBy } };
  // Auth0's default is to block third-party apps; the tenant decides on them here.
  const opens = third_party_client_access === 'allow' ? {} : { third_party_client_access: 'allow' as const };
  const changes = { ...names, ...opens };
  if (Object.keys(changes).length > 0) await management.updateOrganization(id, changes).catch(notThereYet);
  await management.enableOrganizationConnection(id, connectionId).catch(enabledAlready).catch(notThereYet);
  // In a database there may be other tenants' users, who would be its guests after one click on a link of its admins.
  for (const one of await management.listOrganizationConnections(id).catch(notThereYet))
    if (isJoinedByLogin(one)) await management.endJoiningByLogin(id, one.connection_id).catch(notThereYet);
}

/** Whether users of a database become members by signing in. */
export const isJoinedByLogin = ({
  assign_membership_on_login,
  connection,
}: OrganizationConnection): boolean =>
  assign_membership_on_login === true && connection?.strategy === 'auth0';

/** For a call on what was found or made a moment ago: it may be unknown for a while; if it is gone, the next attempt finds that. */
export const notThereYet = onFailure('not_found', ({ refusal }): never => {
  throw new ManagementFailure('unavailable', refusal);
});

/** Auth0's code for it is not documented. */
function enabledAlready(error: unknown): void {
  if (isFailure(error, 'exists') || (isFailure(error, 'refused') && error.refusal?.status === 409)) return;
  throw error;
}

const isMadeBy = ({ metadata }: Auth0Organization, jobId: string | undefined): boolean =>
  jobId !== undefined && metadata?.['made_by'] === jobId;

const isOfAnother = ({ metadata }: Auth0Organization, tenantId: string): boolean =>
  (metadata?.['tenant_id'] ?? tenantId) !== tenantId;

/** Rolls back what the job did: deletes the organization that it created, or no longer names the tenant in the one that it took over. */
export async function undoOrganization(
  management: Management,
  { organization, tenant: { id }, madeBy }: Omit<OrganizationWanted, 'tenant'> & { tenant: { id: string } },
): Promise<void> {
  const isOwn = organization === 'new';
  const find = () =>
    isOwn ? management.findOrganizationByName(id) : management.findOrganization(organization);
  const found = await find().catch(noneIfForbidden);
  if (!found || !isMadeBy(found, madeBy)) return;
  if (isOwn) await management.deleteOrganization(found.id);
  else await removeName(management, found);
}

/** Who may not look did not get as far as creating one. */
const noneIfForbidden = onFailure('refused', (failure) => {
  if (failure.refusal?.errorCode === 'insufficient_scope') return undefined;
  throw failure;
});

/** Deletes a deleted tenant's organization, if it was created for it; another one stays, and no longer names the tenant. */
export async function removeOrganization(
  management: Management,
  { id, organization, owns_organization }: Tenant,
): Promise<void> {
  if (organization === undefined) return;
  const found = await management.findOrganization(organization);
  if (!found || isOfAnother(found, id)) return;
  if (owns_organization) await management.deleteOrganization(organization);
  else await removeName(management, found);
}

/** Metadata are replaced whole. */
async function removeName(management: Management, { id, metadata = {} }: Auth0Organization): Promise<void> {
  const others = Object.entries(metadata).filter(([name]) => !OURS.includes(name));
  if (others.length < Object.keys(metadata).length)
    await management
      .updateOrganization(id, { metadata: Object.fromEntries(others) })
      .catch(onFailure('not_found', () => undefined));
}
