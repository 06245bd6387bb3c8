import { presentRefusal } from '../../auth0/refusal.ts';
import type { DeadLetter } from '../../relay/dead-letters.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import type { Operation } from '../operation.ts';

export const listDeadLetters: Operation<'listDeadLetters', 'deadLetters' | 'seal'> = async ({
  operationId,
  principal,
  query,
  services,
}) => {
  const { limit = 50, cursor } = query;
  const listing = { seal: services.seal, operationId, principal, filters: {} };
  const found = await services.deadLetters.list(limit + 1, openCursor<string>(listing, cursor));
  const page = found.slice(0, limit);
  return {
    status: 200,
    body: {
      dead_letters: page.map(presentDeadLetter),
      ...(found.length > limit ? { next_cursor: sealCursor(listing, page.at(-1)!.diedAt) } : {}),
    },
  };
};

function presentDeadLetter({ record, reason, diedAt }: DeadLetter) {
  const problem = record.ended && 'problem' in record.ended ? record.ended.problem : undefined;
  return {
    job_id: record.id,
    operation: record.operationId,
    ...(record.tenantId === undefined ? {} : { tenant_id: record.tenantId }),
    reason,
    code: problem?.code ?? 'internal_error',
    ...(problem?.refusal ? { authority: presentRefusal(problem.refusal) } : {}),
    request_id: record.requestId,
    created_at: record.createdAt,
    died_at: diedAt,
  };
}
