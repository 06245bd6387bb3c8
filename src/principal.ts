/** Who is calling, after authentication. */
export type PrincipalKind = 'user' | 'tenant' | 'app';

interface Caller {
  readonly tenantId: string;
  /** The client that the credential was issued to: single-page app, API key or third-party app. */
  readonly clientId: string;
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
}

/** Whoever runs this: an own client of theirs at the authority, named in the configuration. Belongs to no tenant. */
export interface OperatorPrincipal {
  readonly kind: 'operator';
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** Somebody of a tenant. */
export type Principal = UserPrincipal | TenantPrincipal | AppPrincipal;
