/** Where it makes a difference whether a member is there: a list of members, or a comparison. JSON leaves these out by itself. */
export function withoutUndefined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}
