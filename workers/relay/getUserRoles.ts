import type { GetUserInput } from '../../src/relay/jobs/getUser.ts';
import { fetchOwnUser } from './fetch-own-user.ts';
import type { Performer } from './performer.ts';
import { rolesOf } from './to-user-record.ts';

export const getUserRoles: Performer<GetUserInput, string[]> = async ({ management }, input) =>
  rolesOf(await fetchOwnUser(management, input));
