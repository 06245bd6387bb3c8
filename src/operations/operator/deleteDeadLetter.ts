import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const deleteDeadLetter: Operation<'deleteDeadLetter', 'deadLetters'> = async ({ path, services }) => {
  if (!(await services.deadLetters.remove(path.job_id))) throw new Problem('not_found');
  return { status: 204 };
};
