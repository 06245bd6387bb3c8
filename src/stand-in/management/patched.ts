/**
 * Applies a PATCH to a record, member by member.
 * Recorded: `null` removes a member, for every kind of record.
 */
export function patched<T extends object>(record: T, changes: Partial<T>): T {
  return withoutNulls({ ...record, ...changes });
}

/** Recorded: on creation, `null` means left out. */
export function withoutNulls<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null)) as T;
}
