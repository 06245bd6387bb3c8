import { AUTH_METHODS } from '../../registration/client-metadata.ts';
import { SIGNING_ALGORITHMS } from '../../registration/public-keys.ts';
import type { Operation } from '../operation.ts';

/**
 * RFC 8414. `issuer` is our own address, because the document is found there (section 3.3); the endpoints, but for registration, are
 * the authority's. An app that comes by a metadata document has to pass by here first, where that door is open.
 */
export const getAuthorizationServerMetadata: Operation<'getAuthorizationServerMetadata'> = ({ services }) => {
  const at = (path: string) => new URL(path, services.config.AUTHORITY_URL).href;
  return {
    status: 200,
    body: {
      issuer: services.publicUrl,
      authorization_endpoint: services.documents ? `${services.publicUrl}/oauth/authorize` : at('authorize'),
      token_endpoint: at('oauth/token'),
      registration_endpoint: `${services.publicUrl}/oauth/register`,
      revocation_endpoint: at('oauth/revoke'),
      jwks_uri: at('.well-known/jwks.json'),
      scopes_supported: [...services.contract.appScopes, 'offline_access'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: [...AUTH_METHODS],
      token_endpoint_auth_signing_alg_values_supported: [...SIGNING_ALGORITHMS],
      // Auth0 docs, "Demonstrating Proof-of-Possession (DPoP)": what its token endpoint takes.
      dpop_signing_alg_values_supported: ['ES256', 'RS256'],
      ...(services.documents ? { client_id_metadata_document_supported: true } : {}),
      service_documentation: `${services.publicUrl}/docs`,
    },
  };
};
