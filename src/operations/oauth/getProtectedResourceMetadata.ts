import { DPOP_ALGORITHMS } from '../../authentication/dpop.ts';
import type { Operation } from '../operation.ts';

/**
 * RFC 9728 section 2. `resource` is the address under which this is found, as section 3.3 has clients check; `/oauth/authorize` makes
 * the audience of it. Our own metadata stand for the authorization server's: registration is ours.
 */
export const getProtectedResourceMetadata: Operation<
  'getProtectedResourceMetadata',
  'apiScopes' | 'brand' | 'contract' | 'publicUrl'
> = ({ services }) => ({
  status: 200,
  body: {
    resource: services.publicUrl,
    authorization_servers: [services.publicUrl],
    scopes_supported: services.apiScopes.existing(services.contract.appScopes),
    bearer_methods_supported: ['header'],
    // RFC 9449: tokens may be bound to a key, and then proofs are needed; none has to be.
    dpop_signing_alg_values_supported: [...DPOP_ALGORITHMS],
    dpop_bound_access_tokens_required: false,
    resource_name: services.brand.name,
    resource_documentation: `${services.publicUrl}/docs`,
  },
});
