import type { Organization, OrganizationConnection } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { newId } from '../../random-ids.ts';
import { ApiError, invalidBody } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { patched, withoutNulls } from '../patched.ts';
import { organizationConnection, organizationConnectionView } from './enabled-connections.ts';
import { deleteOrganization } from './forget.ts';
import { inexistentOrganization, knownOrganization } from './known-organization.ts';
import { NEW_ORGANIZATION, ORGANIZATION_CHANGES } from './organization-rules.ts';

type Input = Partial<Organization> & {
  name: string;
  enabled_connections?: (Partial<OrganizationConnection> & { connection_id: string })[];
};

const createOrganizationEndpoint: Endpoint = {
  method: 'POST',
  path: '/organizations',
  scopes: ['create:organizations'],
  logAs: 'Create an Organization',
  answer: ({ store, body, caller }: Call) => {
    const { enabled_connections: wanted, ...input } = checkBody(body, NEW_ORGANIZATION) as Input;
    // Auth0 docs, "Create organizations": connections require a scope of their own.
    if (wanted && !caller.scopes.has('create:organization_connections'))
      throw new ApiError(
        403,
        'Insufficient scope, expected any of: create:organization_connections',
        'insufficient_scope',
      );
    refuseTakenName(store, input.name);
    const organization = completeOrganization(input);
    const connections = wanted?.map((one) => organizationConnection(store, organization.id, one));
    store.organizations.put(organization);
    for (const one of connections ?? []) store.organizationConnections.put(one);
    return {
      status: 201,
      // Recorded: connections enabled on creation are included in this response only.
      body: {
        ...organization,
        ...(connections && { enabled_connections: connections.map(organizationConnectionView(store)) }),
      },
    };
  },
};

/** @param input third-party access defaults to `block` (recorded) */
export function completeOrganization(input: Partial<Organization> & { name: string }): Organization {
  return { third_party_client_access: 'block', ...withoutNulls(input), id: input.id ?? newId.organization() };
}

const listOrganizationsEndpoint: Endpoint = {
  method: 'GET',
  path: '/organizations',
  scopes: ['read:organizations', 'read:organizations_summary'],
  answer: ({ store, query }: Call) =>
    listAnswer([...store.organizations.values()], query, {
      name: 'organizations',
      idOf: ({ id }) => id,
      present: (organization) => organization,
      checkpoints: true,
      // Reported (node-auth0#674): a full page has a checkpoint, even if it is the last one.
      next: 'when full',
      pagedMax: PAGED_MAX,
    }),
};

/** Auth0 docs, "Retrieve organizations": beyond this, checkpoints are required. */
export const PAGED_MAX = 1_000;

const getOrganizationEndpoint: Endpoint = {
  method: 'GET',
  path: '/organizations/{id}',
  scopes: ['read:organizations', 'read:organizations_summary'],
  answer: (call: Call) => ({ status: 200, body: knownOrganization(call) }),
};

const getOrganizationByNameEndpoint: Endpoint = {
  method: 'GET',
  path: '/organizations/name/{name}',
  scopes: ['read:organizations', 'read:organizations_summary'],
  answer: ({ store, params }: Call) => {
    const organization = store.organizations.first('name', params['name'] ?? '');
    if (!organization) throw inexistentOrganization();
    return { status: 200, body: organization };
  },
};

const updateOrganizationEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/organizations/{id}',
  scopes: ['update:organizations'],
  logAs: 'Update an Organization',
  answer: (call: Call) => {
    const before = knownOrganization(call);
    const changes = checkBody(call.body, ORGANIZATION_CHANGES) as Partial<Organization>;
    if (Object.keys(changes).length === 0) throw invalidBody('Too few properties defined (0), minimum 1');
    if (changes.name !== undefined && changes.name !== before.name) refuseTakenName(call.store, changes.name);
    // Recorded: metadata is replaced whole.
    return { status: 200, body: call.store.organizations.put(patched(before, changes)) };
  },
};

const deleteOrganizationEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/organizations/{id}',
  scopes: ['delete:organizations'],
  logAs: 'Delete an Organization',
  // Recorded: 404 the second time. Its users stay (Auth0 docs, "Delete organizations").
  answer: (call: Call) => {
    deleteOrganization(call.store, knownOrganization(call).id);
    return NO_CONTENT;
  },
};

/** Status and code documented ("Create organizations"), wording guessed. */
function refuseTakenName(store: Store, name: string): void {
  if (store.organizations.count('name', name) > 0)
    throw new ApiError(409, 'An organization with this name already exists.', 'organization_conflict');
}

export const ORGANIZATIONS: readonly Endpoint[] = [
  createOrganizationEndpoint,
  listOrganizationsEndpoint,
  getOrganizationEndpoint,
  getOrganizationByNameEndpoint,
  updateOrganizationEndpoint,
  deleteOrganizationEndpoint,
];
