import type { UserMarks } from '../../src/registry/user-marks.ts';
import { isFailure } from '../failures.ts';

/**
 * Makes a change that takes something away from a user, and marks the user before the job ends: a worker that dies in between leaves a job
 * that is tried again. When the answer was lost, the user's tokens count no more until it signs in again.
 * @param mark of what was changed
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
