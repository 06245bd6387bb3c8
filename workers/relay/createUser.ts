import type { Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';

export const createUser: Performer<'createUser'> = async ({ users }, input) =>
  toUserRecord(await users.create(input));
