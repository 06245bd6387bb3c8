import { randomBytes } from 'node:crypto';
import type { DiscoveryDomain } from '../../store/records.ts';
import { newId } from '../../random-ids.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { knownOrganization } from './known-organization.ts';
import { DISCOVERY_DOMAIN_CHANGES, NEW_DISCOVERY_DOMAIN } from './organization-rules.ts';

const PATH = '/organizations/{id}/discovery-domains';
const ONE = `${PATH}/{domain_id}`;

function view({ organization_id: _whose, ...shown }: DiscoveryDomain): object {
  return shown;
}

/** Recorded, for lookups by id and by name. */
function noDomain(): ApiError {
  return new ApiError(404, 'No organization domain found by that id');
}

function knownDomain(call: Call): DiscoveryDomain {
  const { id } = knownOrganization(call);
  const domain = call.store.discoveryDomains.get(call.params['domain_id'] ?? '');
  if (domain?.organization_id !== id) throw noDomain();
  return domain;
}

const createDomainEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:organization_discovery_domains'],
  logAs: 'Create a discovery domain of an Organization',
  answer: (call: Call) => {
    const { store } = call;
    const { id: organization_id } = knownOrganization(call);
    const input = checkBody(call.body, NEW_DISCOVERY_DOMAIN) as { domain: string };
    const name = input.domain.toLowerCase();
    // Several organizations may have the same domain (Auth0 docs, "Configure login flows"); wording guessed.
    if ([...store.discoveryDomains.by('domain', name)].some((one) => one.organization_id === organization_id))
      throw new ApiError(409, 'The domain already exists in the organization.');
    const domain: DiscoveryDomain = {
      id: newId.discoveryDomain(),
      status: 'pending',
      use_for_organization_discovery: true,
      ...input,
      domain: name,
      verification_host: `_ss-verification.${organization_id}.${name}`,
      verification_txt: randomBytes(16).toString('hex'),
      organization_id,
    };
    return { status: 201, body: view(store.discoveryDomains.put(domain)) };
  },
};

const listDomainsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:organization_discovery_domains'],
  answer: (call: Call) =>
    checkpointList(
      [...call.store.discoveryDomains.by('organization', knownOrganization(call).id)],
      call.query,
      {
        name: 'domains',
        idOf: ({ id }) => id,
        present: view,
      },
    ),
};

const getDomainEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:organization_discovery_domains'],
  answer: (call: Call) => ({ status: 200, body: view(knownDomain(call)) }),
};

const getDomainByNameEndpoint: Endpoint = {
  method: 'GET',
  path: `${PATH}/name/{domain}`,
  scopes: ['read:organization_discovery_domains'],
  answer: (call: Call) => {
    const { id } = knownOrganization(call);
    const named = [...call.store.discoveryDomains.by('domain', (call.params['domain'] ?? '').toLowerCase())];
    const domain = named.find((one) => one.organization_id === id);
    if (!domain) throw noDomain();
    return { status: 200, body: view(domain) };
  },
};

const updateDomainEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:organization_discovery_domains'],
  logAs: 'Update a discovery domain of an Organization',
  // Recorded: the caller may set it to verified.
  answer: (call: Call) => {
    const domain = knownDomain(call);
    const changes = checkBody(call.body, DISCOVERY_DOMAIN_CHANGES);
    return { status: 200, body: view(call.store.discoveryDomains.put({ ...domain, ...changes })) };
  },
};

const deleteDomainEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:organization_discovery_domains'],
  logAs: 'Delete a discovery domain of an Organization',
  // Recorded: deleting the same one twice answers 204 both times.
  answer: (call: Call) => {
    const { id } = knownOrganization(call);
    const domain = call.store.discoveryDomains.get(call.params['domain_id'] ?? '');
    if (domain?.organization_id === id) call.store.discoveryDomains.delete(domain.id);
    return NO_CONTENT;
  },
};

export const DISCOVERY_DOMAINS: readonly Endpoint[] = [
  createDomainEndpoint,
  listDomainsEndpoint,
  getDomainEndpoint,
  getDomainByNameEndpoint,
  updateDomainEndpoint,
  deleteDomainEndpoint,
];
