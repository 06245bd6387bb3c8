import type { ReplaceUserRolesInput } from '../../src/relay/jobs/replaceUserRoles.ts';
import { goneMeanwhile } from './fetch-own-user.ts';
import { fetchUserWithinScopes } from './fetch-user-within-scopes.ts';
import { changeAndMark } from './mark-user.ts';
import type { Performer } from './performer.ts';
import { rolesOf, toUserRecord } from './to-user-record.ts';

export const replaceUserRoles: Performer<ReplaceUserRolesInput, string[]> = async (bench, input) => {
  const { management, userMarks } = bench;
  const { userId, roles, assignable } = input;
  const held = rolesOf(await fetchUserWithinScopes(bench, input));
  const wanted = [...held.filter((role) => !assignable.includes(role)), ...roles];
  // Auth0 merges app_metadata at the first level, so whose the user is stays as it is.
  const replace = async () =>
    toUserRecord(
      await management.updateUser(userId, { app_metadata: { roles: wanted } }).catch(goneMeanwhile),
    );
  const changed = await changeAndMark(userMarks, userId, replace, userMarks.changed);
  return changed.roles;
};
