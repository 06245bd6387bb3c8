/** Who registers an app, and who manages its registration: tokens of ours, not of the authority (RFC 7591 section 3, RFC 7592). */
import type { SchemeName } from '../contract/load-contract.ts';
import { takesOwnToken } from '../contract/security.ts';
import { Problem } from '../problem.ts';
import type { RegistrantPrincipal, RegistrationPrincipal } from '../principal.ts';
import type { Apps } from '../registry/apps.ts';
import type { InitialAccessTokens } from '../registry/initial-access-tokens.ts';
import type { Registry } from '../registry/registry.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import type { Credential } from './credential.ts';

export interface RegistrationCredentials {
  /** Whether an operation takes one of them, and no token of the authority's. */
  concerns(security: ReadonlyMap<SchemeName, unknown>): boolean;
  /**
   * @param clientId in the operation's path; undefined: it registers a new app
   * @throws Problem `invalid_token`, also for an app that is deleted (RFC 7592 section 2); `tenant_suspended`
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
    // Not from memory: a token that was replaced a moment ago is dead.
    const stored = await apps.read(clientId);
    if (!keyedHash.matches('registration-token', token, stored?.app.registration_token_hash ?? ''))
      throw new Problem('invalid_token', { internal: 'no registration access token of this app' });
    return { kind: 'registration', clientId, token, scopes: [] };
  }

  async function toRegistrant(token: string): Promise<RegistrantPrincipal> {
    const found = await initialAccessTokens.find(token);
    if (!found) throw new Problem('invalid_token', { internal: 'no initial access token that is good' });
    if (found.issuer.kind === 'tenant') {
      const tenant = await registry.tenant(found.issuer.tenantId);
      if (tenant?.status !== 'active')
        throw new Problem('tenant_suspended', { internal: 'that of its issuer is not active' });
    }
    return { kind: 'registrant', tokenId: found.id, issuer: found.issuer, scopes: [] };
  }

  return {
    concerns: takesOwnToken,
    async admit(credential, clientId) {
      if (credential.scheme !== 'bearer')
        throw new Problem('invalid_token', { internal: `it came as ${credential.scheme}` });
      return clientId === undefined
        ? toRegistrant(credential.token)
        : toRegistration(credential.token, clientId);
    },
  };
}
