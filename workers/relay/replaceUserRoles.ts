import type { ReplaceUserRolesInput } from '../../src/relay/jobs/replaceUserRoles.ts';
import { fetchOwnUser, goneMeanwhile } from './fetch-own-user.ts';
import type { Performer } from './performer.ts';
import { rolesOf } from './to-user-record.ts';

export const replaceUserRoles: Performer<ReplaceUserRolesInput, string[]> = async ({ management }, input) => {
  const { userId, roles, assignable } = input;
  const held = rolesOf(await fetchOwnUser(management, input));
  const wanted = [...held.filter((role) => !assignable.includes(role)), ...roles];
  // Auth0 merges app_metadata at the first level, so whose the user is stays as it is.
  await management.updateUser(userId, { app_metadata: { roles: wanted } }).catch(goneMeanwhile);
  return wanted;
};
