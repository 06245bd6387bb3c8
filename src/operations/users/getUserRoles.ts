import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';
import type { RelayedAnswer } from '../relayed.ts';

export const getUserRoles: Operation<'getUserRoles'> = (call) =>
  relayed(call, { userId: call.path.user_id }, toAnswer);

export const toAnswer: RelayedAnswer<'getUserRoles'> = (roles) => ({ status: 200, body: { roles } });
