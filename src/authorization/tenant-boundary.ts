/** The only code that compares tenants. Resources of another tenant do not exist for the caller (invariant 1). */

/** @returns the resource if it belongs to the tenant, else undefined, exactly as for an unknown one */
export function ownedBy<T>(
  tenantId: string,
  thing: T | undefined,
  ownerOf: (thing: T) => unknown,
): T | undefined {
  return thing !== undefined && ownerOf(thing) === tenantId ? thing : undefined;
}
