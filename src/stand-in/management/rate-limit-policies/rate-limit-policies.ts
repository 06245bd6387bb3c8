/** Recorded by terraform-provider-auth0; stored and shown, without effect here. */
import { newId } from '../../random-ids.ts';
import type { RateLimitPolicy } from '../../store/account-records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, type BodyRules, type Rule } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';

const PATH = '/rate-limit-policies';
const ONE = `${PATH}/{id}`;

const CONFIGURATION: Rule = {
  type: 'object',
  members: {
    required: ['action'],
    properties: {
      action: { type: 'string', enum: ['allow', 'block', 'log', 'redirect'] },
      limit: { type: 'integer', minimum: 0 },
      redirect_uri: { type: 'string', format: 'strict-uri' },
    },
  },
};

const NEW: BodyRules = {
  required: ['resource', 'consumer', 'consumer_selector', 'configuration'],
  properties: {
    resource: { type: 'string', enum: ['oauth_authentication_api'] },
    consumer: { type: 'string', enum: ['client'] },
    consumer_selector: { type: 'string', minLength: 1 },
    configuration: CONFIGURATION,
  },
};

const CHANGES: BodyRules = { required: ['configuration'], properties: { configuration: CONFIGURATION } };

function knownPolicy({ store, params }: Call): RateLimitPolicy {
  const policy = store.rateLimitPolicies.get(params['id'] ?? '');
  // Guessed.
  if (!policy) throw new ApiError(404, 'The rate limit policy does not exist.');
  return policy;
}

const FILTERS = ['resource', 'consumer', 'consumer_selector'] as const;

const createPolicyEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:rate_limit_policies'],
  logAs: 'Create a rate limit policy',
  answer: ({ store, body, now }: Call) => {
    const input = checkBody(body, NEW) as unknown as Omit<
      RateLimitPolicy,
      'id' | 'created_at' | 'updated_at'
    >;
    // Status specified, wording guessed.
    if (
      [...store.rateLimitPolicies.values()].some((one) => FILTERS.every((name) => one[name] === input[name]))
    )
      throw new ApiError(409, 'A rate limit policy for this consumer already exists.');
    const at = new Date(now()).toISOString();
    const policy = { id: newId.rateLimitPolicy(), ...input, created_at: at, updated_at: at };
    return { status: 201, body: store.rateLimitPolicies.put(policy) };
  },
};

const listPoliciesEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:rate_limit_policies'],
  answer: ({ store, query }: Call) => {
    const policies = [...store.rateLimitPolicies.values()].filter((policy) =>
      FILTERS.every((name) => query.get(name) === null || query.get(name) === policy[name]),
    );
    return checkpointList(policies, query, {
      name: 'rate_limit_policies',
      idOf: ({ id }) => id,
      present: (policy) => policy,
    });
  },
};

const getPolicyEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:rate_limit_policies'],
  answer: (call: Call) => ({ status: 200, body: knownPolicy(call) }),
};

const updatePolicyEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:rate_limit_policies'],
  logAs: 'Update a rate limit policy',
  answer: (call: Call) => {
    const policy = knownPolicy(call);
    const changes = checkBody(call.body, CHANGES) as Pick<RateLimitPolicy, 'configuration'>;
    const updated_at = new Date(call.now()).toISOString();
    return { status: 200, body: call.store.rateLimitPolicies.put({ ...policy, ...changes, updated_at }) };
  },
};

const deletePolicyEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:rate_limit_policies'],
  logAs: 'Delete a rate limit policy',
  answer: ({ store, params }: Call) => {
    store.rateLimitPolicies.delete(params['id'] ?? '');
    return NO_CONTENT;
  },
};

export const RATE_LIMIT_POLICIES: readonly Endpoint[] = [
  createPolicyEndpoint,
  listPoliciesEndpoint,
  getPolicyEndpoint,
  updatePolicyEndpoint,
  deletePolicyEndpoint,
];
