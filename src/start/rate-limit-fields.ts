/** Names the `RateLimit` fields at every answer that can have them, so that no operation is written down without. */

type Json = Record<string, unknown>;

/** Schemes whose callers belong to a tenant: the others have no limit that is counted in these fields. */
const OF_TENANTS: readonly string[] = ['user', 'apiKey', 'app'];
const FIELDS = ['RateLimit-Policy', 'RateLimit'];

/** @param contract bundled, with both fields in `components/headers`; its answers are changed in place */
export function nameRateLimitFields(contract: object): void {
  const { paths, components } = contract as {
    paths: Record<string, Record<string, Json>>;
    components: { headers: Json; responses: Record<string, Json> };
  };
  for (const field of FIELDS)
    if (!components.headers[field]) throw new Error(`components/headers has no ${field}`);
  const fields = Object.fromEntries(FIELDS.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    const security = (operation['security'] ?? []) as Json[];
    if (!security.some((one) => Object.keys(one).some((scheme) => OF_TENANTS.includes(scheme)))) continue;
    for (const given of Object.values(operation['responses'] as Record<string, Json>)) {
      const name = (given['$ref'] as string | undefined)?.split('/').at(-1);
      const answer = name === undefined ? given : components.responses[name]!;
      answer['headers'] = { ...(answer['headers'] as Json | undefined), ...fields };
    }
  }
}
