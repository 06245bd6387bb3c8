/** Who is calling, after authentication. */
export type PrincipalKind = 'user' | 'tenant' | 'app';

interface Caller {
  readonly tenantId: string;
  /** The client that the credential was issued to: single-page app, API key or third-party app. */
  readonly clientId: string;
  /** All that it may do: a key's own; of a user, those of its roles; of an app, what its token, its consent and its user's roles have in common. */
  readonly scopes: readonly string[];
}

/** A person, in the tenant's own single-page app. */
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
  /** Those of its token that the user consented to, whether or not the user's roles hold them. */
  readonly grantedScopes: readonly string[];
}

/** Whoever runs this: an own client of theirs at the authority, named in the configuration. Belongs to no tenant. */
export interface OperatorPrincipal {
  readonly kind: 'operator';
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** Somebody who registers an app, with an initial access token (RFC 7591 section 3). */
export interface RegistrantPrincipal {
  readonly kind: 'registrant';
  readonly tokenId: string;
  /** Whose word it is that they may. */
  readonly issuer: { kind: 'operator' } | { kind: 'tenant'; tenantId: string };
  readonly scopes: readonly [];
}

/** An app that manages its own registration (RFC 7592). Acts for nobody. */
export interface RegistrationPrincipal {
  readonly kind: 'registration';
  readonly clientId: string;
  /** As it came: it is told again to whoever presented it, and written down nowhere. */
  readonly token: string;
  readonly scopes: readonly [];
}

/** Everybody who can come in. */
export type AnyPrincipal = Principal | OperatorPrincipal | RegistrantPrincipal | RegistrationPrincipal;

/** One text for one caller: a key, a person in an app of the tenant's, an app for one user; undefined: nobody in particular. */
export function callerOf(principal: AnyPrincipal | undefined): string | undefined {
  if (!principal || principal.kind === 'registrant') return undefined;
  const { kind, clientId } = principal;
  const tenantId = 'tenantId' in principal ? principal.tenantId : '';
  return [kind, tenantId, clientId, 'userId' in principal ? principal.userId : ''].join(' ');
}

/** Somebody of a tenant. */
export type Principal = UserPrincipal | TenantPrincipal | AppPrincipal;
