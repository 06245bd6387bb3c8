type Said<T> = { [K in keyof T]: Exclude<T[K], null> };

/**
 * Removes null and empty members, which mean the same as absent ones (RFC 7591 section 2, RFC 7592 section 2.2).
 * @param needed required members; they stay as they are
 */
export function withoutEmpty<T extends object>(given: T, needed: readonly string[] = []): Said<T> {
  const said = Object.entries(given).filter(([name, value]) => needed.includes(name) || !isEmpty(value));
  return Object.fromEntries(said) as Said<T>;
}

/** A key set without keys is empty, too. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty);
  return value === null || value === '';
}
