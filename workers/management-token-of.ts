import { createManagementToken, type ManagementToken } from '../src/auth0/management-token.ts';
import { createTokenEndpoint } from '../src/auth0/token-endpoint.ts';
import type { WorkerConfig } from '../src/config.ts';

/** Token of the workers' own client. */
export function managementTokenOf(config: WorkerConfig): ManagementToken {
  return createManagementToken({
    authorityUrl: config.AUTHORITY_URL,
    clientId: config.AUTH0_CLIENT_ID,
    clientSecret: config.AUTH0_CLIENT_SECRET,
    tokens: createTokenEndpoint(config.AUTHORITY_URL),
  });
}
