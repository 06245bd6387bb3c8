import { ManagementFailure } from '../../src/auth0/errors.ts';
import { Problem } from '../../src/problem.ts';

/** For `catch`: the account's cap on applications is nothing that passes by itself. */
export function nameLimit(error: unknown): never {
  if (error instanceof ManagementFailure && error.kind === 'limit_reached')
    throw new Problem('application_limit_reached');
  throw error;
}
