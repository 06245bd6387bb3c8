/** Adds the `RateLimit` headers to every answer that can have them, so that the contract cannot omit them. */
import { operationsOf, type ContractDocument } from '../contract/document.ts';

/** Schemes of callers that belong to a tenant: these fields describe a tenant's limits. */
const OF_TENANTS: readonly string[] = ['user', 'apiKey', 'app'];
const FIELDS = ['RateLimit-Policy', 'RateLimit'];

/** @param contract bundled, with both fields in `components/headers`; its answers are changed in place */
export function nameRateLimitFields(contract: ContractDocument): void {
  const { headers = {}, responses: shared = {} } = contract.components ?? {};
  for (const field of FIELDS) if (!headers[field]) throw new Error(`components/headers has no ${field}`);
  const fields = Object.fromEntries(FIELDS.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
  for (const [, , { security = [], responses = {} }] of operationsOf(contract)) {
    if (!security.some((one) => Object.keys(one).some((scheme) => OF_TENANTS.includes(scheme)))) continue;
    for (const given of Object.values(responses)) {
      const answer = '$ref' in given ? shared[given.$ref.split('/').at(-1) ?? ''] : given;
      if (answer) answer.headers = { ...answer.headers, ...fields };
    }
  }
}
