import type { UpdateUserInput } from '../../src/relay/jobs/updateUser.ts';
import type { UserRecord } from '../../src/relay/user-record.ts';
import { fetchOwnUser, goneMeanwhile } from './fetch-own-user.ts';
import type { Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';

export const updateUser: Performer<UpdateUserInput, UserRecord> = async ({ management }, input) => {
  await fetchOwnUser(management, input);
  const { email, ...changes } = input.changes;
  const user = await management
    .updateUser(input.userId, {
      ...changes,
      // No mail goes out unless somebody asks for one: Auth0 would send one by itself.
      ...(email === undefined ? {} : { email, verify_email: false }),
    })
    .catch(goneMeanwhile);
  return toUserRecord(user);
};
