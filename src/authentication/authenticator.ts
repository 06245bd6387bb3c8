/** Resolves a credential to a principal. `whose-token.ts` decides its tenant. */
import { principalOf, successText } from '../events/event.ts';
import { Problem } from '../problem.ts';
import type { OperatorPrincipal, Principal } from '../principal.ts';
import { deadlineOf } from '../registry/api-keys.ts';
import type { RegisteredClient } from '../registry/clients.ts';
import type { Registry } from '../registry/registry.ts';
import { findUserMark } from '../registry/user-marks.ts';
import { scopesOfRoles, type RoleTable } from '../authorization/roles.ts';
import { isWithin, parseRanges, type AddressRanges } from '../addresses.ts';
import { rolesNow } from '../authorization/roles-now.ts';
import type { AppAccess } from '../authorization/app-access.ts';
import type { AppUseCounter } from '../registry/app-use.ts';
import type { ApiKeys } from './api-key/api-keys.ts';
import type { CheckedKey } from './api-key/key-verification.ts';
import { admitApp } from './app-admission.ts';
import type { BearerTokens } from './bearer-token.ts';
import type { TokenClaims } from './token-claims.ts';
import type { Credential } from './credential.ts';
import type { DpopProofs } from './dpop.ts';
import { redisNow } from '../redis/clock.ts';
import { whoseToken, type TokenOwner } from './whose-token.ts';

/** An authenticated caller. */
export interface Admission {
  principal: Principal | OperatorPrincipal;
  /** The authority is unavailable; its API key was accepted within its grace period. */
  inGrace: boolean;
  /** When the token, or the API key, expires; ms since 1970. */
  validUntil: number;
  /**
   * Authenticates the same credential again, for a long-lived request: without a new proof, and not counted as a use.
   * @throws Problem as `authenticate` does
   */
  recheck(): Promise<Admission>;
}

/** Other attributes of the request, evaluated on demand. */
export interface Presentation {
  method: string;
  /** The public URL, as in a DPoP proof. */
  url(): string;
  /** The caller's IP address; that of an untrusted proxy if the caller's is unknown. */
  address(): string;
  isAddressKnown: boolean;
}

interface Parts {
  tokens: BearerTokens;
  proofs: DpopProofs;
  apiKeys: ApiKeys;
  registry: Registry;
  countUse: (clientId: string) => void;
  appUse: AppUseCounter;
  /** Access of approved apps without a tenant's decision. */
  approvedApps: AppAccess;
  roles: RoleTable;
  /** Client ids of the operator. */
  operators: readonly string[];
  /** Client ids of the deployment's single-page app, which tenants share. */
  webApps: readonly string[];
}

/** Cached result for a token's claims, valid for one generation of the registry. */
interface ResolvedPrincipal {
  generation: number | undefined;
  principal: Principal | OperatorPrincipal;
  /** When the API key ends, ms since 1970; Infinity for other callers. */
  endsAt: number;
  ranges: AddressRanges | undefined;
}

type Refusal = 'invalid_token' | 'invalid_api_key';

export class Authenticator {
  readonly #parts: Parts;
  readonly #resolved = new WeakMap<TokenClaims, ResolvedPrincipal>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @returns the claims of a token that was verified before, and is still valid; its caller may be refused all the same */
  find(token: string): TokenClaims | undefined {
    return this.#parts.tokens.find(token);
  }

  /** Returns a promise only where something has to be looked up. @throws Problem */
  authenticate(credential: Credential, presentation: Presentation): Admission | Promise<Admission> {
    return this.#enter(credential, presentation, true);
  }

  /** @param isUse false: a recheck for a long-lived request, whose proof was checked at its start */
  #enter(credential: Credential, presentation: Presentation, isUse: boolean): Admission | Promise<Admission> {
    const entry = { credential, presentation, isUse };
    const checked = this.#verify(entry);
    return checked instanceof Promise
      ? checked.then((late) => this.#admit(late, entry))
      : this.#admit(checked, entry);
  }

  #verify({ credential, presentation, isUse }: Entry): CheckedKey | Promise<CheckedKey> {
    if (credential.scheme === 'basic')
      return this.#parts.apiKeys.verify(credential.encoded, () => presentation.address());
    const known = isUse && credential.scheme === 'bearer' ? credential.claims : undefined;
    const claims = known ?? this.#parts.tokens.verify(credential.token);
    return claims instanceof Promise ? claims.then(ungraced) : ungraced(claims);
  }

  #admit(checked: CheckedKey, entry: Entry): Admission | Promise<Admission> {
    const { claims } = checked;
    const known = needsProof(claims, entry) ? undefined : this.#known(claims);
    return known ? this.#admission(checked, known, entry) : this.#admitLater(checked, entry);
  }

  /** What was resolved before, unless the registry has changed since. */
  #known(claims: TokenClaims): ResolvedPrincipal | undefined {
    const resolved = this.#resolved.get(claims);
    const isCurrent =
      resolved?.generation !== undefined && resolved.generation === this.#parts.registry.generation();
    return isCurrent ? resolved : undefined;
  }

  async #admitLater(checked: CheckedKey, entry: Entry): Promise<Admission> {
    const { claims } = checked;
    const { credential, presentation } = entry;
    if (needsProof(claims, entry) && credential.scheme !== 'basic')
      await this.#checkBinding(claims, credential, presentation);
    const resolved = this.#known(claims) ?? (await this.#resolve(claims, refusalOf(entry)));
    return this.#admission(checked, resolved, entry);
  }

  #admission({ claims, inGrace }: CheckedKey, resolved: ResolvedPrincipal, entry: Entry): Admission {
    const { credential, presentation } = entry;
    this.#applyKeyRules(claims, resolved, entry);
    const { principal, endsAt } = resolved;
    return {
      principal,
      inGrace,
      // An API key's own access token is renewed while the key is valid, so its expiry does not count.
      validUntil: credential.scheme === 'basic' ? endsAt : Math.min(claims.expiresAt, endsAt),
      recheck: async () => this.#enter(credential, presentation, false),
    };
  }

  async #resolve(claims: TokenClaims, refusal: Refusal): Promise<ResolvedPrincipal> {
    // Read first: a change during the following reads makes the result stale.
    const generation = this.#parts.registry.generation();
    const client = await this.#parts.registry.client(claims.clientId);
    const principal = this.#parts.operators.includes(claims.clientId)
      ? toOperator(claims, client, refusal)
      : await this.#toPrincipal(claims, client, refusal);
    const key = client?.kind === 'tenant' ? client : undefined;
    const resolved = {
      generation,
      principal,
      endsAt: (key && deadlineOf(key)) ?? Infinity,
      ranges: key?.allowed_addresses && parseRanges(key.allowed_addresses),
    };
    this.#resolved.set(claims, resolved);
    return resolved;
  }

  async #toPrincipal(
    claims: TokenClaims,
    registered: RegisteredClient | undefined,
    refusal: Refusal,
  ): Promise<Principal> {
    const { tenant, client } = await this.#ownerOf(claims, registered, refusal);
    const { clientId, organizationId, scopes, subject } = claims;
    const caller = { tenantId: tenant.id, clientId };
    if (client.kind === 'tenant') {
      // At most its scopes in the registry, even if its client grant at the authority, or an older token, has more.
      const { scopes: made = scopes } = client;
      return { kind: 'tenant', ...caller, scopes: scopes.filter((scope) => made.includes(scope)) };
    }
    const { appUse, approvedApps, registry, roles: roleTable } = this.#parts;
    const user = { tenantId: tenant.id, userId: subject, isHome: organizationId === undefined };
    const mark = await findUserMark((id) => registry.userMark(id), user);
    const roles = rolesNow(roleTable, claims, mark);
    const userScopes = scopesOfRoles(roleTable, roles);
    if (client.kind !== 'app') return { kind: 'user', ...caller, scopes: userScopes, userId: subject, roles };
    appUse.note(tenant.id, clientId);
    const asked = { ...claims, isHome: user.isHome };
    const { scopes: left, withdrawnUpTo } = await admitApp(client, asked, tenant, registry, approvedApps);
    const app = {
      kind: 'app' as const,
      ...caller,
      scopes: left.filter((scope) => userScopes.includes(scope)),
      grantedScopes: left,
      userId: subject,
      roles,
    };
    const consent = { organization: organizationId, userId: subject, clientId };
    appUse.noteConsent(consent, withdrawnUpTo, consentEvent(app));
    return app;
  }

  /** @throws Problem `tenant_suspended`, or the refusal of this kind of credential */
  async #ownerOf(
    { clientId, subject, tenantId, organizationId }: TokenClaims,
    client: RegisteredClient | undefined,
    refusal: Refusal,
  ): Promise<Exclude<TokenOwner, { refused: string }>> {
    // The valid secret of another kind of client is not an API key.
    if (refusal === 'invalid_api_key' && client?.kind !== 'tenant')
      throw new Problem(refusal, { internal: 'its client is not an API key' });
    const owner = whoseToken({
      client,
      isSharedWebApp: this.#parts.webApps.includes(clientId),
      tenantId,
      organizationId,
      tenant: tenantId === undefined ? undefined : await this.#parts.registry.tenant(tenantId),
      isClientItself: isClientItself(subject, clientId),
    });
    if ('refused' in owner)
      throw new Problem(owner.isSuspended ? 'tenant_suspended' : refusal, { internal: owner.refused });
    return owner;
  }

  /** Applies the rules of an API key, both to the key itself and to access tokens obtained with it. */
  #applyKeyRules(claims: TokenClaims, { principal, endsAt, ranges }: ResolvedPrincipal, entry: Entry): void {
    const { presentation, isUse } = entry;
    if (isUse && principal.kind === 'app') this.#parts.appUse.count(principal.clientId, claims.expiresAt);
    if (principal.kind !== 'tenant') return;
    if (endsAt <= redisNow()) {
      const caller = principal;
      throw refusalOf(entry) === 'invalid_api_key'
        ? new Problem('api_key_expired', {
            caller,
            internal: `the API key ended at ${new Date(endsAt).toISOString()}`,
          })
        : new Problem('invalid_token', {
            detail: 'The API key with which the token was obtained has expired.',
            caller,
          });
    }
    if (ranges && !(presentation.isAddressKnown && isWithin(presentation.address(), ranges)))
      throw new Problem('address_not_allowed', {
        caller: principal,
        internal: presentation.isAddressKnown
          ? 'the caller’s address is not in the key’s ranges'
          : 'the caller’s address is unknown',
      });
    if (isUse) this.#parts.countUse(principal.clientId);
  }

  /** RFC 9449 section 7.1: a bound token requires a proof with its key, and an unbound one is not accepted as bound. */
  async #checkBinding(
    { boundTo }: TokenClaims,
    credential: Exclude<Credential, { scheme: 'basic' }>,
    presentation: Presentation,
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
    await this.#parts.proofs.check(credential.proofs, {
      token: credential.token,
      boundTo,
      method: presentation.method,
      url: presentation.url(),
    });
  }
}

/** A presented credential. */
interface Entry {
  credential: Credential;
  presentation: Presentation;
  isUse: boolean;
}

const ungraced = (claims: TokenClaims): CheckedKey => ({ claims, inGrace: false });

const refusalOf = ({ credential }: Entry): Refusal =>
  credential.scheme === 'basic' ? 'invalid_api_key' : 'invalid_token';

/** An unbound token that is presented as a bound one is refused there, too. */
const needsProof = ({ boundTo }: TokenClaims, { credential, isUse }: Entry): boolean =>
  isUse && (credential.scheme === 'dpop' || (credential.scheme === 'bearer' && boundTo !== undefined));

/** Accepts only a client-credentials token of the operator's client: its secret is not an API key. */
function toOperator(
  { clientId, organizationId, scopes, subject }: TokenClaims,
  registered: RegisteredClient | undefined,
  refusal: Refusal,
): OperatorPrincipal {
  // The registry says that a tenant or an app has its secret, the configuration that it may do everything: one of them is wrong.
  if (registered)
    throw new Problem(refusal, { internal: 'an operator client is registered as another caller' });
  if (organizationId !== undefined)
    throw new Problem(refusal, { internal: 'an operator client’s token is for an organization' });
  if (refusal === 'invalid_api_key' || !isClientItself(subject, clientId))
    throw new Problem(refusal, {
      internal: 'an operator client’s credential is not a client-credentials token',
    });
  return { kind: 'operator', clientId, scopes };
}

/** A client-credentials token has no user: its `sub` is `ID@clients` at Auth0, `ID` in RFC 9068. */
function isClientItself(subject: string, clientId: string): boolean {
  return subject === `${clientId}@clients` || subject === clientId;
}

function consentEvent(app: Principal): string {
  const { tenantId, clientId } = app;
  const principal = principalOf(app);
  return successText({ type: 'app.consented', tenant_id: tenantId, principal, target: clientId });
}
