import { ManagementFailure } from '../../src/auth0/errors.ts';
import { Problem } from '../../src/problem.ts';
import type { GetUserInput } from '../../src/relay/jobs/getUser.ts';
import type { UserRecord } from '../../src/relay/user-record.ts';
import type { Performer } from './performer.ts';
import { ownUser, toUserRecord } from './to-user-record.ts';

export const getUser: Performer<GetUserInput, UserRecord> = async ({ management }, { tenantId, userId }) => {
  const user = ownUser(tenantId, await management.getUser(userId).catch(absentIfUnknown));
  if (!user) throw new Problem('not_found');
  return toUserRecord(user);
};

/** Auth0 answers 400 for ids of a shape that it does not know: nobody has such an id. */
function absentIfUnknown(error: unknown): undefined {
  if (error instanceof ManagementFailure && (error.kind === 'not_found' || error.kind === 'invalid'))
    return undefined;
  throw error;
}
