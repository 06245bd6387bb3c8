import { ManagementFailure } from '../../src/auth0/errors.ts';

/** For `catch`: a client that is not there any more needs to say nothing. */
export function ignoreUnknown(error: unknown): void {
  if (!(error instanceof ManagementFailure) || error.kind !== 'not_found') throw error;
}
