import type { CustomDomain } from '../../store/account-records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, type BodyRules, type Rule } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { patched } from '../patched.ts';
import { chosenFields } from '../query-values.ts';
import { newCustomDomain, withVerification, type NewCustomDomain } from './new-custom-domain.ts';

const PATH = '/custom-domains';
const ONE = `${PATH}/{id}`;

const CHANGEABLE: Record<string, Rule> = {
  tls_policy: { type: 'string', enum: ['recommended'] },
  custom_client_ip_header: { type: 'string', nullable: true },
  domain_metadata: { type: 'object', maxProperties: 10, values: { type: 'string', nullable: true } },
  relying_party_identifier: { type: 'string', nullable: true },
};

const NEW: BodyRules = {
  required: ['domain', 'type'],
  properties: {
    ...CHANGEABLE,
    domain: { type: 'string', minLength: 1 },
    type: { type: 'string', enum: ['auth0_managed_certs', 'self_managed_certs'] },
    verification_method: { type: 'string' },
  },
};

const CHANGES: BodyRules = { required: [], properties: CHANGEABLE };

function knownDomain({ store, params }: Call): CustomDomain {
  const id = params['id'] ?? '';
  const domain = store.customDomains.get(id);
  // Recorded.
  if (!domain) throw new ApiError(404, `The custom domain ${id} does not exist`, 'inexistent_custom_domain');
  return domain;
}

function view({ settings, now }: Call): (domain: CustomDomain) => CustomDomain {
  return (domain) => {
    const isChecked = now() - Date.parse(domain.created_at) >= settings.customDomainCheckMs;
    return isChecked && domain.type === 'auth0_managed_certs' ? withVerification(domain) : domain;
  };
}

function byName(one: CustomDomain, other: CustomDomain): number {
  return one.domain < other.domain ? -1 : 1;
}

const createCustomDomainEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:custom_domains'],
  logAs: 'Create a custom domain',
  answer: ({ store, body, issuer, now }: Call) => {
    const input = checkBody(body, NEW) as NewCustomDomain;
    // Status specified, wording guessed.
    if (store.customDomains.count('domain', input.domain) > 0)
      throw new ApiError(409, 'The custom domain already exists.', 'custom_domain_already_exists');
    // Recorded: the only one is the primary one.
    const primary = store.customDomains.size === 0;
    const domain = { ...newCustomDomain(input, issuer, new Date(now())), primary };
    return { status: 201, body: store.customDomains.put(domain) };
  },
};

const listCustomDomainsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:custom_domains'],
  answer: (call: Call) => {
    const choose = chosenFields(call.query);
    // Recorded: in the order of their names.
    return listAnswer([...call.store.customDomains.values()].sort(byName), call.query, {
      name: 'custom_domains',
      idOf: ({ custom_domain_id: id }) => id,
      present: (domain) => choose(view(call)(domain)),
      checkpoints: true,
    });
  },
};

const getCustomDomainEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:custom_domains'],
  answer: (call: Call) => ({ status: 200, body: view(call)(knownDomain(call)) }),
};

const updateCustomDomainEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:custom_domains'],
  logAs: 'Update a custom domain',
  answer: (call: Call) => {
    const domain = knownDomain(call);
    const changes = checkBody(call.body, CHANGES) as Partial<CustomDomain>;
    // Recorded: metadata are merged, and null removes one.
    const domain_metadata = patched(domain.domain_metadata ?? {}, changes.domain_metadata ?? {});
    const changed = { ...patched(domain, changes), domain_metadata };
    return { status: 200, body: view(call)(call.store.customDomains.put(changed)) };
  },
};

const deleteCustomDomainEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:custom_domains'],
  logAs: 'Delete a custom domain',
  // Recorded: deleting the same one twice answers 204 both times.
  answer: ({ store, params }: Call) => {
    store.customDomains.delete(params['id'] ?? '');
    return NO_CONTENT;
  },
};

const verifyCustomDomainEndpoint: Endpoint = {
  method: 'POST',
  path: `${ONE}/verify`,
  scopes: ['create:custom_domains'],
  logAs: 'Verify a custom domain',
  answer: (call: Call) => {
    // Recorded: whether it is the default one is not shown.
    const { is_default: _isDefault, ...shown } = knownDomain(call);
    return { status: 200, body: shown };
  },
};

export const CUSTOM_DOMAINS: readonly Endpoint[] = [
  createCustomDomainEndpoint,
  listCustomDomainsEndpoint,
  getCustomDomainEndpoint,
  updateCustomDomainEndpoint,
  deleteCustomDomainEndpoint,
  verifyCustomDomainEndpoint,
];
