/**
 * Whether a row can be sent at all. One that is nested thousands of levels deep can't: JSON.stringify overflows the stack. Uploads refuse
 * such rows; those that were stored before they did are still to end.
 */
export function isWritable(user: object): boolean {
  try {
    JSON.stringify(user);
    return true;
  } catch {
    return false;
  }
}
