import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { presentUser } from './present-user.ts';

export const getUser: Operation<'getUser', Relaying> = (call) =>
  relayed(call, { userId: call.path.user_id }, toAnswer);

export const toAnswer: RelayedAnswer<'getUser'> = (user) => ({ status: 200, body: presentUser(user) });
