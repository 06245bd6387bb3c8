import { Problem } from '../../src/problem.ts';
import type { Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';

export const createUser: Performer<'createUser'> = async ({ users }, input) => {
  const user = await users.create(input);
  if (user === 'exists') throw new Problem('user_exists');
  return toUserRecord(user);
};
