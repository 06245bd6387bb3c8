/**
 * Authenticates app registration and its management, by tokens that we issue, not the authority (RFC 7591 section 3,
 * RFC 7592).
 */
import type { SchemeName } from '../contract/load-contract.ts';
import { takesRegistrationToken } from '../contract/security.ts';
import { Problem } from '../problem.ts';
import type { RegistrantPrincipal, RegistrationPrincipal } from '../principal.ts';
import type { Apps } from '../registry/apps.ts';
import type { InitialAccessTokens } from '../registry/initial-access-tokens.ts';
import type { Registry } from '../registry/registry.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import type { Credential } from './credential.ts';

export interface RegistrationCredentials {
  /** Whether an operation accepts one of these tokens, and none of the authority's. */
  concerns(security: ReadonlyMap<SchemeName, unknown>): boolean;
  /**
   * @param clientId in the operation's path; undefined: registration of a new app
   * @throws Problem `invalid_token`, also for a deleted app (RFC 7592 section 2); `tenant_suspended`
   */
  admit(
    credential: Credential,
    clientId: string | undefined,
  ): Promise<RegistrantPrincipal | RegistrationPrincipal>;
}

interface Parts {
  registry: Registry;
  apps: Apps;
  initialAccessTokens: InitialAccessTokens;
  keyedHash: KeyedHash;
}

export function createRegistrationCredentials(parts: Parts): RegistrationCredentials {
  const { registry, apps, initialAccessTokens, keyedHash } = parts;

  async function toRegistration(token: string, clientId: string): Promise<RegistrationPrincipal> {
    // Not from the cache: a replaced token is invalid immediately.
    const stored = await apps.read(clientId);
    if (!keyedHash.matches('registration-token', token, stored?.app.registration_token_hash ?? ''))
      throw new Problem('invalid_token', { internal: 'not the registration access token of this app' });
    return { kind: 'registration', clientId, token, scopes: [] };
  }

  async function toRegistrant(token: string): Promise<RegistrantPrincipal> {
    const found = await initialAccessTokens.find(token);
    if (!found) throw new Problem('invalid_token', { internal: 'not a valid initial access token' });
    if (found.issuer.kind === 'tenant') {
      const tenant = await registry.tenant(found.issuer.tenantId);
      if (tenant?.status !== 'active')
        throw new Problem('tenant_suspended', { internal: "its issuer's tenant is not active" });
    }
    return { kind: 'registrant', tokenId: found.id, issuer: found.issuer, scopes: [] };
  }

  return {
    concerns: takesRegistrationToken,
    async admit(credential, clientId) {
      if (credential.scheme !== 'bearer')
        throw new Problem('invalid_token', { internal: `it was presented as ${credential.scheme}` });
      return clientId === undefined
        ? toRegistrant(credential.token)
        : toRegistration(credential.token, clientId);
    },
  };
}
