import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { UpdateUserInput } from '../../src/relay/jobs/updateUser.ts';
import type { UserRecord } from '../../src/relay/user-record.ts';
import { emailTaken } from './failure-problem.ts';
import { goneMeanwhile } from './fetch-own-user.ts';
import { fetchUserWithinScopes } from './fetch-user-within-scopes.ts';
import { changeAndMark } from './mark-user.ts';
import type { Bench, Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';

export const updateUser: Performer<UpdateUserInput, UserRecord> = async (bench, input) => {
  await fetchUserWithinScopes(bench, input);
  return input.changes.blocked === undefined ? change(bench, input) : changeBlocked(bench, input);
};

const changeBlocked = (bench: Bench, input: UpdateUserInput) =>
  changeAndMark(bench.userMarks, input.userId, () => change(bench, input), bench.userMarks.changed);

async function change({ management }: Bench, { userId, changes }: UpdateUserInput): Promise<UserRecord> {
  const { email, ...others } = changes;
  const user: Auth0User = await management
    .updateUser(userId, {
      ...others,
      // No mail goes out unless somebody asks for one: Auth0 would send one by itself.
      ...(email === undefined ? {} : { email, verify_email: false }),
    })
    .catch(goneMeanwhile)
    .catch(emailTaken);
  return toUserRecord(user);
}
