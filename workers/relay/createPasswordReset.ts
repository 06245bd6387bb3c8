import { redisNow } from '../../src/redis/clock.ts';
import type { Performer } from './performer.ts';

export const createPasswordReset: Performer<'createPasswordReset'> = async ({ users }, input) => {
  const { userId, authority, lifetimeSeconds } = input;
  const user = await users.toChange(userId, authority);
  const expiresAt = new Date(redisNow() + lifetimeSeconds * 1000).toISOString();
  return { url: await user.createPasswordTicket(lifetimeSeconds), expiresAt };
};
