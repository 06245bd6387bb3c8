import type { Operation } from '../operation.ts';
import { answerEvents } from './answer-events.ts';

export const listAuditEvents: Operation<'listAuditEvents', 'auditLogs' | 'seal'> = (call) =>
  answerEvents(call, [call.principal.tenantId], '/v1/tenant/audit-events');
