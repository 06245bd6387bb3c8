/** For uses where presence matters: member lists and comparisons. JSON itself omits undefined members. */
export function withoutUndefined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}
