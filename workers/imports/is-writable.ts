/**
 * Whether a row can be serialized. JSON.stringify overflows the stack on a row that is nested thousands of levels deep. Uploads refuse such
 * rows, but rows stored by an earlier version must get an outcome, too.
 */
export function isWritable(user: object): boolean {
  try {
    JSON.stringify(user);
    return true;
  } catch {
    return false;
  }
}
