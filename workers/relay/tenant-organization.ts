/** Creates the organization of a tenant, or takes over one that exists, so that a retry finds that of an earlier attempt. */
import type { Auth0Organization } from '../../src/auth0/management-organizations.ts';
import { Problem } from '../../src/problem.ts';
import { isFailure, onFailure } from '../failures.ts';
import type { ManagementContext } from './performer.ts';

type Context = Pick<ManagementContext, 'management' | 'tenants'>;

export interface OrganizationWanted {
  /** `new`, or the id of one to be taken over. */
  organization: string;
  tenant: { id: string; name: string };
  /** The relay job whose mark it gets. */
  madeBy: string;
}

/**
 * @param connectionId of the connection by which its members sign in
 * @returns its id. @throws Problem `organization_exists`, `organization_owned`, `unknown_organization`
 */
export async function makeOrganization(
  context: Context,
  wanted: OrganizationWanted,
  connectionId: string,
): Promise<string> {
  const known = await checkOrganization(context, wanted);
  if (!known) return create(context, wanted, connectionId);
  if (wanted.organization !== 'new') await takeOver(context, known, wanted, connectionId);
  return known.id;
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
    if (named && (madeBy === undefined || named.metadata?.['made_by'] !== madeBy))
      throw new Problem('organization_exists');
    return named;
  }
  const found = await management.findOrganization(organization);
  if (!found) throw new Problem('unknown_organization');
  const owner = found.metadata?.['tenant_id'] ?? tenant.id;
  // The mark is what the account's Action reads; the registry knows better if somebody has removed it.
  if (owner !== tenant.id || (await tenants.organizationHolder(organization, tenant.id)))
    throw new Problem('organization_owned');
  return found;
}

async function create(context: Context, wanted: OrganizationWanted, connectionId: string): Promise<string> {
  const { id: name, name: displayName } = wanted.tenant;
  const metadata = { tenant_id: name, made_by: wanted.madeBy };
  try {
    return (await context.management.createOrganization({ name, displayName, metadata, connectionId })).id;
  } catch (error) {
    // Another attempt was faster, or an organization that is not listed under its name.
    const made = isFailure(error, 'exists') ? await checkOrganization(context, wanted) : undefined;
    if (made) return made.id;
    throw isFailure(error, 'exists') ? new Problem('organization_exists', { cause: error }) : error;
  }
}

async function takeOver(
  { management }: Context,
  { id, metadata }: Auth0Organization,
  { tenant, madeBy }: OrganizationWanted,
  connectionId: string,
): Promise<void> {
  await management.enableOrganizationConnection(id, connectionId).catch(onFailure('exists', () => undefined));
  await management.updateOrganization(id, {
    // Replaced whole at the authority.
    metadata: { ...metadata, tenant_id: tenant.id, made_by: madeBy },
    third_party_client_access: 'allow',
  });
}

/** Deletes the organization that this job created, or removes its marks from one that it took over; any other one stays. */
export async function removeOrganization(
  { management }: Pick<Context, 'management'>,
  { organization, tenant, madeBy }: OrganizationWanted,
): Promise<void> {
  const isOwn = organization === 'new';
  const found = isOwn
    ? await management.findOrganizationByName(tenant.id)
    : await management.findOrganization(organization);
  if (found?.metadata?.['made_by'] !== madeBy) return;
  if (isOwn) return management.deleteOrganization(found.id);
  const { tenant_id: _tenant, made_by: _job, ...metadata } = found.metadata;
  await management.updateOrganization(found.id, { metadata });
}
