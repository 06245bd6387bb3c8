/**
 * A tenant's organization at the authority: created for it, or an existing one that it takes over. Its metadata name the tenant
 * (`tenant_id`, which the account's Action reads) and the relay job that said so (`made_by`), by which a retry finds it.
 */
import type { Auth0Organization } from '../../src/auth0/management-organizations.ts';
import type { Management } from '../../src/auth0/management.ts';
import { Problem } from '../../src/problem.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { isFailure, onFailure } from '../failures.ts';
import type { ManagementContext } from './performer.ts';

interface Provisioning {
  jobId: string;
  /** Tenant id. */
  id: string;
}

export interface TenantOrganization {
  id: string;
  /** It was created for the tenant, and is deleted with it. */
  isOwn: boolean;
}

interface Wanted {
  /** `new`, or the id of an existing one. */
  organization: string;
  /** The tenant's name. */
  name: string;
  /** The connection of the tenant's users, by which its members sign in. */
  connectionId: string;
}

/** What a tenant adds to an organization's metadata. */
const OURS = ['tenant_id', 'made_by'];

/** Idempotent. @throws Problem why it may have neither */
export async function makeOrganization(
  context: Pick<ManagementContext, 'management' | 'tenants'>,
  provisioning: Provisioning,
  wanted: Wanted,
): Promise<TenantOrganization> {
  return wanted.organization === 'new'
    ? { id: await create(context.management, provisioning, wanted), isOwn: true }
    : { id: await takeOver(context, provisioning, wanted), isOwn: false };
}

async function create(
  management: Management,
  { jobId, id }: Provisioning,
  { name, connectionId }: Wanted,
): Promise<string> {
  // Looked up by name first: that costs one call, but distinguishes an earlier attempt from a conflict.
  const known = await management.findOrganizationByName(id);
  if (known && !isMadeBy(known, jobId)) throw new Problem('organization_exists');
  const metadata = { tenant_id: id, made_by: jobId };
  const create = () => management.createOrganization({ name: id, displayName: name, metadata, connectionId });
  return (known ?? (await create().catch(nameConflict))).id;
}

const nameConflict = onFailure('exists', (): never => {
  throw new Problem('organization_exists');
});

async function takeOver(
  { management, tenants }: Pick<ManagementContext, 'management' | 'tenants'>,
  { jobId, id }: Provisioning,
  { organization, connectionId }: Wanted,
): Promise<string> {
  const found = await management.findOrganization(organization);
  if (!found) throw new Problem('unknown_organization');
  // The metadata know tenants that the registry has lost; the registry knows those whose metadata somebody has changed.
  if (isOfAnother(found, id) || (await tenants.isOrganizationOfAnother(organization, id)))
    throw new Problem('organization_owned');
  const { metadata = {}, third_party_client_access } = found;
  // One that names the tenant already stays as it is, also when this is rolled back.
  const names =
    metadata['tenant_id'] === id ? {} : { metadata: { ...metadata, tenant_id: id, made_by: jobId } };
  // Auth0's default is to block third-party apps; the tenant decides on them here.
  const opens = third_party_client_access === 'allow' ? {} : { third_party_client_access: 'allow' as const };
  const changes = { ...names, ...opens };
  if (Object.keys(changes).length > 0) await management.updateOrganization(organization, changes);
  await management.enableOrganizationConnection(organization, connectionId).catch(enabledAlready);
  return organization;
}

/** Auth0's code for it is not documented. */
function enabledAlready(error: unknown): void {
  if (isFailure(error, 'exists') || (isFailure(error, 'refused') && error.refusal?.status === 409)) return;
  throw error;
}

const isMadeBy = ({ metadata }: Auth0Organization, jobId: string): boolean => metadata?.['made_by'] === jobId;

const isOfAnother = ({ metadata }: Auth0Organization, tenantId: string): boolean =>
  (metadata?.['tenant_id'] ?? tenantId) !== tenantId;

/**
 * Rolls back what this job did: deletes the organization that it created, or no longer names the tenant in the one that it took over.
 * @param reserved the tenant's reserved entry; undefined: released already, so only one that was created late is left to be found
 */
export async function undoOrganization(
  management: Management,
  { jobId, id }: Provisioning,
  reserved: Pick<Tenant, 'organization' | 'owns_organization'> | undefined,
): Promise<void> {
  if (reserved && !reserved.organization && !reserved.owns_organization) return;
  const taken = reserved?.organization;
  // Who may not look did not get as far as creating one.
  const mayNotLook = onFailure('refused', (failure) => {
    if (failure.refusal?.errorCode === 'insufficient_scope') return undefined;
    throw failure;
  });
  const find = () =>
    taken === undefined ? management.findOrganizationByName(id) : management.findOrganization(taken);
  const found = await find().catch(mayNotLook);
  if (!found || !isMadeBy(found, jobId)) return;
  if (taken === undefined) await management.deleteOrganization(found.id);
  else await removeName(management, found);
}

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
    await management.updateOrganization(id, { metadata: Object.fromEntries(others) });
}
