/** The authenticated caller. */
export type PrincipalKind = 'user' | 'tenant' | 'app';

interface Caller {
  readonly tenantId: string;
  /** The client that the credential was issued to: single-page app, API key or third-party app. */
  readonly clientId: string;
  /**
   * Effective scopes: a key's own; a user's, from its roles; an app's, the intersection of token, consent and its
   * user's roles.
   */
  readonly scopes: readonly string[];
}

/** A user in the tenant's own single-page app. */
export interface UserPrincipal extends Caller {
  readonly kind: 'user';
  readonly userId: string;
  readonly roles: readonly string[];
}

/** A tenant's back end, with an API key. */
export interface TenantPrincipal extends Caller {
  readonly kind: 'tenant';
}

/** A third-party app, acting for a user who consented. */
export interface AppPrincipal extends Caller {
  readonly kind: 'app';
  readonly userId: string;
  readonly roles: readonly string[];
  /** The token's scopes that the user consented to, whether or not the user's roles hold them. */
  readonly grantedScopes: readonly string[];
}

/**
 * The operator of the deployment: a client of its own at the authority, or a person who signed in to the console as one (both by
 * configuration). Belongs to no tenant.
 */
export interface OperatorPrincipal {
  readonly kind: 'operator';
  /** The operator's client, or the console's. */
  readonly clientId: string;
  /** The person. */
  readonly userId?: string;
  readonly scopes: readonly string[];
}

/** A registrant of an app, with an initial access token (RFC 7591 section 3). */
export interface RegistrantPrincipal {
  readonly kind: 'registrant';
  readonly tokenId: string;
  /** Who issued the token. */
  readonly issuer: { kind: 'operator' } | { kind: 'tenant'; tenantId: string };
  readonly scopes: readonly [];
}

/** An app that manages its own registration (RFC 7592). Acts for nobody. */
export interface RegistrationPrincipal {
  readonly kind: 'registration';
  readonly clientId: string;
  /** As presented: returned only to its sender, and stored nowhere. */
  readonly token: string;
  readonly scopes: readonly [];
}

/** A service behind the gateway, which records its own events. Acts for nobody. */
export interface ServicePrincipal {
  readonly kind: 'service';
  /** Its name in the file of `SERVICES`. */
  readonly service: string;
  readonly scopes: readonly [];
}

/** The authority, which delivers events of its event stream. Acts for nobody. */
export interface AuthorityPrincipal {
  readonly kind: 'authority';
  readonly scopes: readonly [];
}

/** Every kind of authenticated caller. */
export type AnyPrincipal =
  | Principal
  | OperatorPrincipal
  | RegistrantPrincipal
  | RegistrationPrincipal
  | ServicePrincipal
  | AuthorityPrincipal;

/**
 * A key that identifies a caller: an API key, a user in one of the tenant's apps, an app for one user, a service, the
 * authority;
 * undefined: anonymous.
 */
export function callerOf(principal: AnyPrincipal | undefined): string | undefined {
  if (!principal || principal.kind === 'registrant') return undefined;
  if (principal.kind === 'service') return `service ${principal.service}`;
  if (principal.kind === 'authority') return 'authority';
  const { kind, clientId } = principal;
  const tenantId = 'tenantId' in principal ? principal.tenantId : '';
  return [kind, tenantId, clientId, 'userId' in principal ? principal.userId : ''].join(' ');
}

/** A principal that belongs to a tenant. */
export type Principal = UserPrincipal | TenantPrincipal | AppPrincipal;
