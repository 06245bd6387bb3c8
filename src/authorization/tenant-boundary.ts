/** The only code that compares tenants. What belongs to another tenant does not exist (invariant 1). */

/** @returns the thing if it belongs to the tenant, else undefined: exactly what an unknown one gives */
export function ownedBy<T>(
  tenantId: string,
  thing: T | undefined,
  ownerOf: (thing: T) => unknown,
): T | undefined {
  return thing !== undefined && ownerOf(thing) === tenantId ? thing : undefined;
}
