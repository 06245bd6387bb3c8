import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';

export const getUserRoles: Operation<'getUserRoles', Relaying> = (call) =>
  relayed(call, { userId: call.path.user_id }, toAnswer);

export const toAnswer: RelayedAnswer<'getUserRoles'> = (roles) => ({ status: 200, body: { roles } });
