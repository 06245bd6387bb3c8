import { authorityOf } from '../../authorization/roles.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { presentUser } from './present-user.ts';

export const updateUser: Operation<'updateUser', Relaying> = (call) =>
  relayed(
    call,
    {
      userId: call.path.user_id,
      authority: authorityOf(call.principal),
      changes: call.body,
    },
    toAnswer,
  );

export const toAnswer: RelayedAnswer<'updateUser'> = (user) => ({ status: 200, body: presentUser(user) });
