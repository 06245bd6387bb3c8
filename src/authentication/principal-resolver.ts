/** Resolves the claims of a verified token, or API key, to a principal. `whose-token.ts` decides its tenant. */
import { parseRanges, type AddressRanges } from '../addresses.ts';
import type { AppAccess } from '../authorization/app-access.ts';
import { rolesNow } from '../authorization/roles-now.ts';
import { scopesOfRoles, type RoleTable } from '../authorization/roles.ts';
import { principalOf, successText } from '../events/event.ts';
import type { OperatorPrincipal, Principal } from '../principal.ts';
import { Problem } from '../problem.ts';
import { deadlineOf } from '../registry/api-keys.ts';
import type { AppUseCounter } from '../registry/app-use.ts';
import type { RegisteredClient } from '../registry/clients.ts';
import type { OperatorsFrom } from '../settings/operators-from.ts';
import type { Registry } from '../registry/registry.ts';
import { findUserMark } from '../registry/user-marks.ts';
import { admitApp } from './app-admission.ts';
import type { TokenClaims } from './token-claims.ts';
import { whoseToken, type TokenOwner } from './whose-token.ts';

export interface ResolverParts {
  registry: Registry;
  appUse: AppUseCounter;
  /** Access of approved apps without a tenant's decision. */
  approvedApps: AppAccess;
  roles: RoleTable;
  /** Client ids of the operator. */
  operators: readonly string[];
  /** Client ids of the deployment's single-page app, which tenants share. */
  webApps: readonly string[];
  /** Client id of the console. */
  consoleClient: string | undefined;
  /** Where people who are operators sign in, by the console only. */
  operatorsFrom: OperatorsFrom | undefined;
}

/** Cached result for a token's claims, valid for one generation of the registry. */
export interface ResolvedPrincipal {
  generation: number | undefined;
  principal: Principal | OperatorPrincipal;
  /** When the API key ends, ms since 1970; Infinity for other callers. */
  endsAt: number;
  ranges: AddressRanges | undefined;
}

export type Refusal = 'invalid_token' | 'invalid_api_key';

export class PrincipalResolver {
  readonly #parts: ResolverParts;

  constructor(parts: ResolverParts) {
    this.#parts = parts;
  }

  /** @throws Problem `tenant_suspended`, the refusal, or those of an app (`app-admission.ts`) */
  async resolve(claims: TokenClaims, refusal: Refusal): Promise<ResolvedPrincipal> {
    // Read first: a change during the following reads makes the result stale.
    const generation = this.#parts.registry.generation();
    const client = await this.#parts.registry.client(claims.clientId);
    const principal = await this.#principalOf(claims, client, refusal);
    const key = client?.kind === 'tenant' ? client : undefined;
    return {
      generation,
      principal,
      endsAt: (key && deadlineOf(key)) ?? Infinity,
      ranges: key?.allowed_addresses && parseRanges(key.allowed_addresses),
    };
  }

  #principalOf(claims: TokenClaims, client: RegisteredClient | undefined, refusal: Refusal) {
    if (this.#parts.operators.includes(claims.clientId)) return toOperator(claims, client, refusal);
    if (claims.operatorOf === undefined) return this.#toPrincipal(claims, client, refusal);
    return toOperatingPerson(claims, client, this.#parts);
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
    const consent = { tenantId: tenant.id, organization: organizationId, userId: subject, clientId };
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
      isConsole: clientId === this.#parts.consoleClient,
      tenantId,
      organizationId,
      tenant: tenantId === undefined ? undefined : await this.#parts.registry.tenant(tenantId),
      isClientItself: isClientItself(subject, clientId),
    });
    if ('refused' in owner)
      throw new Problem(owner.isSuspended ? 'tenant_suspended' : refusal, { internal: owner.refused });
    return owner;
  }
}

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

/**
 * A user with the claim of the account's Action is an operator only by the console's client, of the configured connection or organization, and
 * as nobody of a tenant: what a tenant's administrator can give makes nobody an operator.
 */
function toOperatingPerson(
  { clientId, organizationId, operatorOf, subject, tenantId }: TokenClaims,
  registered: RegisteredClient | undefined,
  { consoleClient, operatorsFrom }: ResolverParts,
): OperatorPrincipal {
  const refuse = (internal: string) => new Problem('invalid_token', { internal });
  if (clientId !== consoleClient) throw refuse('an operator’s token is not for the console');
  if (registered) throw refuse('the console’s client is registered as another caller');
  if (tenantId !== undefined) throw refuse('an operator’s token names a tenant');
  if (isClientItself(subject, clientId)) throw refuse('the console’s client got it for itself');
  if (operatorsFrom === undefined || operatorOf !== operatorsFrom.id)
    throw refuse('operators are of another connection or organization');
  if (organizationId !== (operatorsFrom.kind === 'organization' ? operatorsFrom.id : undefined))
    throw refuse('an operator’s token is for another organization');
  return { kind: 'operator', clientId, userId: subject, scopes: [] };
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
