import { authorityOf } from '../../authorization/roles.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';

export const endUserSessions: Operation<'endUserSessions', Relaying> = (call) =>
  relayed(call, { userId: call.path.user_id, authority: authorityOf(call.principal) }, toAnswer);

export const toAnswer: RelayedAnswer<'endUserSessions'> = () => ({ status: 204 });
