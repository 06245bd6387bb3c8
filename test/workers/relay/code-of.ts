import { ManagementFailure } from '../../../src/auth0/errors.ts';
import { Problem } from '../../../src/problem.ts';

/** @returns how it ended: `done`, the code of its problem, or the kind of its failure at the authority */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      return error instanceof ManagementFailure ? error.kind : String(error);
    },
  );
