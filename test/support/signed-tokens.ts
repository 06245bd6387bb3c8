/** Access tokens that the authority signs without anybody signing in: of whomever, with whatever roles and scopes, of whatever time. */
import { demoTenant, type TenantId } from './callers.ts';
import { world } from './world.ts';

interface Said {
  tenantId: string;
  clientId: string;
  /** The client itself when left out. */
  userId?: string;
  /** `org_id`; left out: that of the demo tenant, if it is one. */
  organization?: string;
  roles?: readonly string[];
  scopes?: readonly string[];
  /** Seconds since 1970; now when left out. */
  issuedAt?: number;
  /** Thumbprint of the key that it is bound to (RFC 9449); left out: it is not. */
  boundTo?: string;
}

const LIFETIME_S = 3_600;

/** @returns value of `Authorization` */
export async function signed(said: Said): Promise<string> {
  const { tenantId, clientId, userId, roles, scopes, issuedAt, boundTo } = said;
  const { authority, audience, control, tenants } = await world();
  const organization = said.organization ?? tenants.find(({ id }) => id === tenantId)?.organization;
  const iat = issuedAt ?? Math.floor(Date.now() / 1000);
  const token = await control.signToken(
    {},
    {
      iss: authority,
      aud: audience,
      azp: clientId,
      sub: userId ?? `${clientId}@clients`,
      iat,
      exp: iat + LIFETIME_S,
      ...(boundTo === undefined ? {} : { cnf: { jkt: boundTo } }),
      ...(scopes ? { scope: scopes.join(' ') } : {}),
      ...(userId !== undefined && organization !== undefined ? { org_id: organization } : {}),
      [`${audience}/tenant_id`]: tenantId,
      ...(roles ? { [`${audience}/roles`]: roles } : {}),
    },
  );
  return `Bearer ${token}`;
}

/** Of a person, through the tenant's single-page app. */
export async function userToken(
  tenant: TenantId,
  userId: string,
  roles: readonly string[],
  issuedAt?: number,
): Promise<string> {
  const { id, spa_client_id } = await demoTenant(tenant);
  return signed({ tenantId: id, clientId: spa_client_id, userId, roles, ...(issuedAt ? { issuedAt } : {}) });
}

/** Of the tenant's widest key, with some of its scopes. */
export async function keyToken(tenant: TenantId, scopes: readonly string[]): Promise<string> {
  const { id, api_key } = await demoTenant(tenant);
  return signed({ tenantId: id, clientId: api_key.client_id, scopes });
}
