/** The tenant that a browser remembers between two sign-ins: a cookie with a tenant id, sealed, and nothing about the person. */
import type { Services } from '../../services.ts';
import { openUnexpired, sealUntil } from '../sealed-until.ts';

/** In seconds: 30 days. */
const MAX_AGE = 2_592_000;
const PLACE = 'remembered-tenant';
/** As the schema TenantId has it. Each value is as long: its length does not tell whether there is such a tenant. */
const MAX_ID_LENGTH = 40;

type Needs = Pick<Services, 'publicUrl' | 'seal'>;

/** @param id undefined: no tenant was found; the cookie is one all the same. @returns `Set-Cookie` (RFC 6265 section 4.1) */
export function rememberTenant(services: Needs, id = ''): string {
  const value = sealUntil(services.seal, id.padEnd(MAX_ID_LENGTH), PLACE, MAX_AGE * 1000);
  return setCookie(services, value, MAX_AGE);
}

/** @returns `Set-Cookie` that ends what the browser remembers */
export const forgetTenant = (services: Needs): string => setCookie(services, '', 0);

/** @returns the tenant's id; undefined when there is none, or it cannot be opened any more */
export function rememberedTenant(
  { seal }: Pick<Needs, 'seal'>,
  cookie: string | undefined,
): string | undefined {
  return (cookie && openUnexpired<string>(seal, cookie, PLACE)?.trimEnd()) || undefined;
}

/** `Lax`: an app of another site sends the browser here (RFC 6265bis section 5.6.7). */
function setCookie({ publicUrl }: Needs, value: string, maxAge: number): string {
  const { pathname, protocol } = new URL(`${publicUrl}/oauth/authorize`);
  const secure = protocol === 'https:' ? '; Secure' : '';
  return `trivium_tenant=${value}; Path=${pathname}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}
