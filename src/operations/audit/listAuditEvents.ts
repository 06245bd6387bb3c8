import type { Operation } from '../operation.ts';
import { answerEvents } from './answer-events.ts';

export const listAuditEvents: Operation<'listAuditEvents'> = (call) =>
  answerEvents(call, [call.principal.tenantId], '/v1/tenant/audit-events');
