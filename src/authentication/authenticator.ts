/** From credential to principal. Kind and tenant come from the registry's entry for the client, and must agree with the token. */
import { principalOf, successText } from '../events/event.ts';
import { Problem } from '../problem.ts';
import type { OperatorPrincipal, Principal } from '../principal.ts';
import { deadlineOf } from '../registry/api-keys.ts';
import type { RegisteredClient } from '../registry/clients.ts';
import type { Registry } from '../registry/registry.ts';
import { scopesOfRoles, type RoleTable } from '../authorization/roles.ts';
import { isWithin, parseRanges, type AddressRanges } from '../addresses.ts';
import { rolesNow } from '../authorization/roles-now.ts';
import type { AppAccess } from '../authorization/app-access.ts';
import type { AppUseCounter } from '../registry/app-use.ts';
import type { ApiKeys } from './api-key/api-keys.ts';
import { admitApp } from './app-admission.ts';
import type { BearerTokens } from './bearer-token.ts';
import type { TokenClaims } from './token-claims.ts';
import type { Credential } from './credential.ts';
import type { DpopProofs } from './dpop.ts';
import { redisNow } from '../redis/clock.ts';

/** A caller that may come in. */
export interface Admission {
  principal: Principal | OperatorPrincipal;
  /** The authority cannot be asked about its API key, which was good a while ago. */
  inGrace: boolean;
  /** When the token, or the API key, expires; ms since 1970. */
  validUntil: number;
  /**
   * Admits the same credential again, for a request that lasts: without a new proof, and not counted as a use.
   * @throws Problem as `authenticate` does
   */
  recheck(): Promise<Admission>;
}

/** What else of a request counts; asked for where it does. */
export interface Presentation {
  method: string;
  /** As callers name it. */
  url: () => string;
  /** The caller's; of a proxy that nobody trusts, where it is not known. */
  address: () => string;
  isAddressKnown: boolean;
}

export interface Authenticator {
  /** @throws Problem */
  authenticate(credential: Credential, presentation: Presentation): Promise<Admission>;
}

interface Parts {
  tokens: BearerTokens;
  proofs: DpopProofs;
  apiKeys: ApiKeys;
  registry: Registry;
  countUse: (clientId: string) => void;
  appUse: AppUseCounter;
  /** What holds for approved apps where a tenant has decided nothing. */
  approvedApps: AppAccess;
  roles: RoleTable;
  /** Clients of whoever runs this. */
  operators: readonly string[];
}

/** What follows from a token's claims and the registry, until one of them is another. */
interface ResolvedPrincipal {
  generation: number | undefined;
  principal: Principal | OperatorPrincipal;
  /** Of an API key. */
  endsAt: number;
  ranges: AddressRanges | undefined;
}

type Refusal = 'invalid_token' | 'invalid_api_key';

export function createAuthenticator({
  tokens,
  proofs,
  apiKeys,
  registry,
  countUse,
  appUse,
  approvedApps,
  roles: roleTable,
  operators,
}: Parts): Authenticator {
  const conclusions = new WeakMap<TokenClaims, ResolvedPrincipal>();

  async function resolve(claims: TokenClaims, refusal: Refusal): Promise<ResolvedPrincipal> {
    // Taken before anything is read: a change in between makes the conclusion old at once.
    const generation = registry.generation();
    const client = await registry.client(claims.clientId);
    const principal = operators.includes(claims.clientId)
      ? toOperator(claims, refusal)
      : await toPrincipal(claims, client, refusal);
    const key = client?.kind === 'tenant' ? client : undefined;
    const conclusion = {
      generation,
      principal,
      endsAt: (key && deadlineOf(key)) ?? Infinity,
      ranges: key?.allowed_addresses && parseRanges(key.allowed_addresses),
    };
    conclusions.set(claims, conclusion);
    return conclusion;
  }

  async function toPrincipal(
    claims: TokenClaims,
    client: RegisteredClient | undefined,
    refusal: Refusal,
  ): Promise<Principal> {
    const { clientId, scopes, subject } = claims;
    if (!client) throw new Problem(refusal, { internal: 'its client is not registered' });
    // The secret of some other client of ours is no API key, however good it is at the authority.
    if (refusal === 'invalid_api_key' && client.kind !== 'tenant')
      throw new Problem(refusal, { internal: 'its client is no API key' });
    const tenantId = claims.tenantId;
    if (tenantId === undefined) throw new Problem(refusal, { internal: 'it names no tenant' });
    if (client.kind !== 'app' && client.tenant_id !== tenantId)
      throw new Problem(refusal, { internal: 'its tenant is not that of its client' });
    const tenant = await registry.tenant(tenantId);
    if (!tenant) throw new Problem(refusal, { internal: 'its tenant is unknown' });
    if (tenant.status === 'suspended')
      throw new Problem('tenant_suspended', { internal: 'its tenant is suspended' });
    // Not there yet, or not any more.
    if (tenant.status !== 'active')
      throw new Problem(refusal, { internal: `its tenant is ${tenant.status}` });
    if (isClientItself(subject, clientId) !== (client.kind === 'tenant'))
      throw new Problem(refusal, { internal: `a ${client.kind} client got it in another way` });
    const caller = { tenantId, clientId };
    if (client.kind === 'tenant') {
      // Never more than it was made with, whatever somebody gave its client at the authority since.
      const made = client.scopes;
      return {
        kind: 'tenant',
        ...caller,
        scopes: made ? scopes.filter((scope) => made.includes(scope)) : scopes,
      };
    }
    const roles = rolesNow(roleTable, claims, await registry.userMark(subject));
    const userScopes = scopesOfRoles(roleTable, roles);
    if (client.kind === 'app') {
      appUse.note(tenantId, clientId);
      const { scopes: left, withdrawnUpTo } = await admitApp(client, claims, tenant, registry, approvedApps);
      const app = {
        kind: 'app' as const,
        ...caller,
        scopes: left.filter((scope) => userScopes.includes(scope)),
        grantedScopes: left,
        userId: subject,
        roles,
      };
      appUse.noteConsent(app, withdrawnUpTo, consentEvent(app));
      return app;
    }
    return { kind: 'user', ...caller, scopes: userScopes, userId: subject, roles };
  }

  /** Whichever way a tenant proves itself, the rules of its key are the same. */
  async function admit(
    claims: TokenClaims,
    refusal: Refusal,
    { address, isAddressKnown }: Presentation,
    isUse: boolean,
  ): Promise<Pick<ResolvedPrincipal, 'principal' | 'endsAt'>> {
    const known = conclusions.get(claims);
    const isCurrent = known?.generation !== undefined && known.generation === registry.generation();
    const { principal, endsAt, ranges } = isCurrent ? known : await resolve(claims, refusal);
    if (isUse && principal.kind === 'app') appUse.count(principal.clientId, claims.expiresAt);
    if (principal.kind !== 'tenant') return { principal, endsAt };
    if (endsAt <= redisNow()) {
      const caller = principal;
      throw refusal === 'invalid_api_key'
        ? new Problem('api_key_expired', {
            caller,
            internal: `it ended at ${new Date(endsAt).toISOString()}`,
          })
        : new Problem('invalid_token', { detail: 'The API key that it was got with has expired.', caller });
    }
    if (ranges && !(isAddressKnown && isWithin(address(), ranges)))
      throw new Problem('address_not_allowed', {
        caller: principal,
        internal: isAddressKnown ? 'its address is none of the key’s' : 'its address is not known',
      });
    if (isUse) countUse(principal.clientId);
    return { principal, endsAt };
  }

  /** RFC 9449 section 7.1: a bound token is of no use without its key, and none passes as bound that isn't. */
  async function checkBinding(
    { boundTo }: TokenClaims,
    credential: Exclude<Credential, { scheme: 'basic' }>,
    { method, url }: Presentation,
  ): Promise<void> {
    if (credential.scheme === 'bearer') {
      if (boundTo === undefined) return;
      throw new Problem('invalid_token', {
        detail: 'The token is bound to a key: present it as `Authorization: DPoP`, with a proof.',
      });
    }
    if (boundTo === undefined)
      throw new Problem('invalid_token', {
        detail: 'The token is not bound to a key: present it as `Authorization: Bearer`.',
      });
    await proofs.check(credential.proofs, { token: credential.token, boundTo, method, url: url() });
  }

  /** @param isUse false: looked at again for a request that lasts, whose proof was checked when it came */
  async function enter(
    credential: Credential,
    presentation: Presentation,
    isUse: boolean,
  ): Promise<Admission> {
    const recheck = () => enter(credential, presentation, false);
    if (credential.scheme !== 'basic') {
      const claims = await tokens.verify(credential.token);
      if (isUse) await checkBinding(claims, credential, presentation);
      const { principal, endsAt } = await admit(claims, 'invalid_token', presentation, isUse);
      return { principal, inGrace: false, validUntil: Math.min(claims.expiresAt, endsAt), recheck };
    }
    const { claims, inGrace } = await apiKeys.verify(credential.encoded, presentation.address);
    const { principal, endsAt } = await admit(claims, 'invalid_api_key', presentation, isUse);
    // The token that it was exchanged for is renewed as long as the key is good.
    return { principal, inGrace, validUntil: endsAt, recheck };
  }

  return { authenticate: (credential, presentation) => enter(credential, presentation, true) };
}

/** By a token that the client got for itself, and in no other way: an operator's secret is no API key. */
function toOperator({ clientId, scopes, subject }: TokenClaims, refusal: Refusal): OperatorPrincipal {
  if (refusal === 'invalid_api_key' || !isClientItself(subject, clientId))
    throw new Problem(refusal, { internal: 'an operator client got it in another way' });
  return { kind: 'operator', clientId, scopes };
}

/** Auth0 names a client itself as subject `ID@clients`, RFC 9068 as `ID`: then there is no user. */
function isClientItself(subject: string, clientId: string): boolean {
  return subject === `${clientId}@clients` || subject === clientId;
}

function consentEvent(app: Principal): string {
  const { tenantId, clientId } = app;
  const principal = principalOf(app);
  return successText({ type: 'app.consented', tenant_id: tenantId, principal, target: clientId });
}
