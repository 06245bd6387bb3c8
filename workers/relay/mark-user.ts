import type { UserMarks } from '../../src/registry/user-marks.ts';
import { isFailure } from '../failures.ts';

/**
 * Makes a change that may reduce a user's permissions, and marks the user before the job ends: if the worker dies in between, the job is
 * retried. If the answer was lost, the user's tokens are revoked until the next sign-in.
 * @param mark for the change
 */
export async function changeAndMark<T>(
  userMarks: UserMarks,
  userId: string,
  change: () => Promise<T>,
  mark: (changed: T) => Promise<void>,
): Promise<T> {
  let changed: T;
  try {
    changed = await change();
  } catch (error) {
    if (isFailure(error, 'unknown_outcome')) await userMarks.distrust(userId);
    throw error;
  }
  await mark(changed);
  return changed;
}
