import type { Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';

export const getUser: Performer<'getUser'> = async ({ users }, { userId }) =>
  toUserRecord(await users.get(userId));
