import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import { Problem } from '../../src/problem.ts';
import { ownUser } from './to-user-record.ts';

/** Before every call that names a user by id: looks whose it is (invariant 1). @throws Problem `not_found` */
export async function fetchOwnUser(
  management: Management,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<Auth0User> {
  const user = ownUser(tenantId, await management.getUser(userId).catch(absentIfUnknown));
  if (!user) throw new Problem('not_found');
  return user;
}

/** Auth0 answers 400 for ids of a shape that it does not know: nobody has such an id. */
function absentIfUnknown(error: unknown): undefined {
  if (error instanceof ManagementFailure && (error.kind === 'not_found' || error.kind === 'invalid'))
    return undefined;
  throw error;
}

/** For `catch` of a call on a user that was there a moment ago. */
export function goneMeanwhile(error: unknown): never {
  if (error instanceof ManagementFailure && error.kind === 'not_found') throw new Problem('not_found');
  throw error;
}
