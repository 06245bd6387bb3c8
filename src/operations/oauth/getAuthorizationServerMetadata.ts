import { AUTH_METHODS } from '../../registration/client-metadata.ts';
import type { Operation } from '../operation.ts';

/** Apps may have it; but who follows these metadata names us in `aud`, and the authority's token endpoint takes its own name only. */
const NOT_ANNOUNCED = 'private_key_jwt';

/**
 * RFC 8414. `issuer` is our own address, because the document is found there (section 3.3); token, revocation and keys are the
 * authority's. Users are asked in by way of us: what the authority needs to know besides is added there.
 */
export const getAuthorizationServerMetadata: Operation<
  'getAuthorizationServerMetadata',
  'apiScopes' | 'config' | 'contract' | 'documents' | 'publicUrl'
> = ({ services }) => {
  const at = (path: string) => new URL(path, services.config.AUTHORITY_URL).href;
  return {
    status: 200,
    body: {
      issuer: services.publicUrl,
      authorization_endpoint: `${services.publicUrl}/oauth/authorize`,
      token_endpoint: at('oauth/token'),
      registration_endpoint: `${services.publicUrl}/oauth/register`,
      revocation_endpoint: at('oauth/revoke'),
      jwks_uri: at('.well-known/jwks.json'),
      scopes_supported: [...services.apiScopes.existing(services.contract.appScopes), 'offline_access'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: AUTH_METHODS.filter((method) => method !== NOT_ANNOUNCED),
      // Auth0 docs, "Demonstrating Proof-of-Possession (DPoP)": what its token endpoint takes.
      dpop_signing_alg_values_supported: ['ES256', 'RS256'],
      client_id_metadata_document_supported: services.documents ? true : undefined,
      service_documentation: `${services.publicUrl}/docs`,
    },
  };
};
