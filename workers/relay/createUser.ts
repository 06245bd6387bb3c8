import { Problem } from '../../src/problem.ts';
import type { CreateUserInput } from '../../src/relay/jobs/createUser.ts';
import type { UserRecord } from '../../src/relay/user-record.ts';
import { createOwnUser } from './create-own-user.ts';
import type { Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';

export const createUser: Performer<CreateUserInput, UserRecord> = async ({ management }, input) => {
  const user = await createOwnUser(management, input);
  if (user === 'exists') throw new Problem('user_exists');
  return toUserRecord(user);
};
