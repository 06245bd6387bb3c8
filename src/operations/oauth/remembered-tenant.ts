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
export function rememberedTenant(services: Needs, cookies: TenantCookies): string | undefined {
  const cookie = cookies[nameFor(services)];
  return (cookie && openUnexpired<string>(services.seal, cookie, PLACE)?.trimEnd()) || undefined;
}

export type TenantCookies = Partial<Record<ReturnType<typeof nameFor>, string>>;

const isSecure = ({ publicUrl }: Needs): boolean => publicUrl.startsWith('https:');

/** With `__Host-` no other host of the domain can set it (RFC 6265bis section 4.1.3.2). */
const nameFor = (services: Needs) => (isSecure(services) ? '__Host-trivium_tenant' : 'trivium_tenant');

/** `Lax`: an app of another site sends the browser here (RFC 6265bis section 5.6.7). */
function setCookie(services: Needs, value: string, maxAge: number): string {
  const secure = isSecure(services) ? '; Secure' : '';
  return `${nameFor(services)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}
