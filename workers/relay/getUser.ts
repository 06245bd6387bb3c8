import type { GetUserInput } from '../../src/relay/jobs/getUser.ts';
import type { UserRecord } from '../../src/relay/user-record.ts';
import { fetchOwnUser } from './fetch-own-user.ts';
import type { Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';

export const getUser: Performer<GetUserInput, UserRecord> = async ({ management }, input) =>
  toUserRecord(await fetchOwnUser(management, input));
