import { authorityOf } from '../../authorization/roles.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

export const sendVerificationEmail: Operation<'sendVerificationEmail'> = (call) =>
  relayed(call, {
    tenantId: call.principal.tenantId,
    userId: call.path.user_id,
    authority: authorityOf(call.principal),
  });
