import { presentRefusal } from '../../auth0/refusal.ts';
import type { DeadLetter } from '../../relay/dead-letters.ts';
import { openCursor, toPage } from '../cursor.ts';
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
  const { page, next_cursor } = toPage(listing, found, limit, ({ diedAt }) => diedAt);
  return { status: 200, body: { dead_letters: page.map(presentDeadLetter), next_cursor } };
};

function presentDeadLetter({ record, reason, diedAt }: DeadLetter) {
  const problem = record.ended && 'problem' in record.ended ? record.ended.problem : undefined;
  return {
    job_id: record.id,
    operation: record.operationId,
    tenant_id: record.tenantId,
    reason,
    code: problem?.code ?? 'internal_error',
    authority: problem?.refusal && presentRefusal(problem.refusal),
    request_id: record.requestId,
    created_at: record.createdAt,
    died_at: diedAt,
  };
}
