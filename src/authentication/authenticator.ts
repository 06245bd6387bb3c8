/** From credential to principal. Kind and tenant come from the registry's entry for the client, and must agree with the token. */
import { Problem } from '../problem.ts';
import type { Principal } from '../principal.ts';
import type { Registry } from '../registry/registry.ts';
import type { ApiKeys } from './api-key.ts';
import type { BearerTokens, TokenClaims } from './bearer-token.ts';
import type { Credential } from './credential.ts';

export interface Authenticator {
  /** @throws Problem */
  authenticate(credential: Credential): Promise<Principal>;
}

export function createAuthenticator(
  tokens: BearerTokens,
  apiKeys: ApiKeys,
  registry: Registry,
): Authenticator {
  return {
    async authenticate(credential) {
      if (credential.scheme === 'bearer') {
        return toPrincipal(await tokens.verify(credential.token), registry, 'invalid_token');
      }
      const claims = await apiKeys.verify(credential.encoded);
      const principal = await toPrincipal(claims, registry, 'invalid_api_key');
      // The secret of some other client of ours is no API key, however good it is at the authority.
      if (principal.kind !== 'tenant') throw new Problem('invalid_api_key');
      return principal;
    },
  };
}

async function toPrincipal(
  claims: TokenClaims,
  registry: Registry,
  refusal: 'invalid_token' | 'invalid_api_key',
): Promise<Principal> {
  const { clientId, scopes, subject, roles } = claims;
  const client = await registry.client(clientId);
  if (!client) throw new Problem(refusal, { internal: 'its client is not registered' });
  const tenantId = claims.tenantId;
  if (tenantId === undefined) throw new Problem(refusal, { internal: 'it names no tenant' });
  if (client.kind !== 'app' && client.tenant_id !== tenantId)
    throw new Problem(refusal, { internal: 'its tenant is not that of its client' });
  const tenant = await registry.tenant(tenantId);
  if (!tenant) throw new Problem(refusal, { internal: 'its tenant is unknown' });
  if (tenant.status === 'suspended') throw new Problem('tenant_suspended');
  // Auth0 names a client itself as subject `ID@clients`, RFC 9068 as `ID`: then there is no user.
  const isClientItself = subject === `${clientId}@clients` || subject === clientId;
  if (isClientItself !== (client.kind === 'tenant'))
    throw new Problem(refusal, { internal: `a ${client.kind} client got it in another way` });
  const caller = { tenantId, clientId, scopes };
  return client.kind === 'tenant'
    ? { kind: 'tenant', ...caller }
    : { kind: client.kind, ...caller, userId: subject, roles };
}
