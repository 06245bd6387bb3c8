/** Cookies of this API's own pages, which no service reads or writes (`src/operations/oauth/remembered-tenant.ts`). */

const OWN = /^\s*(?:__host-|__secure-)?trivium[_-]/i;

/** @param field value of `Cookie` (RFC 6265 section 4.2.1). @returns the same without them; '' when none is left */
export function withoutOwnCookies(field: string): string {
  if (!/trivium/i.test(field)) return field;
  return field
    .split(';')
    .filter((pair) => !OWN.test(pair))
    .join(';')
    .trim();
}

/** @param field value of `Set-Cookie` (RFC 6265 section 4.1) */
export const isOwnCookie = (field: string): boolean => OWN.test(field);
