/**
 * What a PATCH makes of a record, its members one by one.
 * Recorded: a member that is `null` is taken away, whatever the record is of.
 */
export function patched<T extends object>(record: T, changes: Partial<T>): T {
  return withoutNulls({ ...record, ...changes });
}

/** Recorded: a member that is `null` when something is made is as good as left out. */
export function withoutNulls<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null)) as T;
}
