import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

export const updateUser: Operation<'updateUser'> = (call) =>
  relayed(call, { tenantId: call.principal.tenantId, userId: call.path.user_id, changes: call.body });
