import { createClientAssertion } from '../src/auth0/client-assertion.ts';
import { createManagementToken, type ManagementToken } from '../src/auth0/management-token.ts';
import { createTokenEndpoint } from '../src/auth0/token-endpoint.ts';
import type { WorkerConfig } from '../src/config.ts';

/** Token of the workers' own client. */
export function managementTokenOf(config: WorkerConfig): ManagementToken {
  const { AUTHORITY_URL: authorityUrl, AUTH0_CLIENT_ID: clientId } = config;
  const { AUTH0_PRIVATE_KEY_FILE: privateKey, AUTH0_CLIENT_SECRET: secret = '' } = config;
  return createManagementToken({
    authorityUrl,
    clientId,
    proof: privateKey ? createClientAssertion({ authorityUrl, clientId, privateKey }) : () => secret,
    tokens: createTokenEndpoint(authorityUrl),
  });
}
