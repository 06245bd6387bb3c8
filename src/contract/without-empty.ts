type Said<T> = { [K in keyof T]: Exclude<T[K], null> };

/**
 * Members that are null or empty, of whatever type, say nothing, just as if they were left out (RFC 7591 section 2, RFC 7592 section 2.2).
 * @param needed stay as they are: what must be there cannot be left out
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
