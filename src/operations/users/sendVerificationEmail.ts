import { authorityOf } from '../../authorization/roles.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';
import type { RelayedAnswer } from '../relayed.ts';

export const sendVerificationEmail: Operation<'sendVerificationEmail'> = (call) =>
  relayed(
    call,
    {
      userId: call.path.user_id,
      authority: authorityOf(call.principal),
    },
    toAnswer,
  );

export const toAnswer: RelayedAnswer<'sendVerificationEmail'> = () => ({ status: 204 });
