import { answerEvents } from '../audit/answer-events.ts';
import type { Operation } from '../operation.ts';

export const listAllAuditEvents: Operation<'listAllAuditEvents', 'auditLogs' | 'seal'> = (call) => {
  const { tenant_id } = call.query;
  return answerEvents(call, tenant_id === undefined ? 'all' : [tenant_id], '/v1/audit-events');
};
