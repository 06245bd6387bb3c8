import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const listDeadLetters: Operation<'listDeadLetters'> = async ({ query, services }) => {
  const { limit = 50, cursor } = query;
  const found = await services.deadLetters.list(
    limit + 1,
    cursor === undefined ? undefined : readCursor(cursor),
  );
  const page = found.slice(0, limit);
  return {
    status: 200,
    body: {
      dead_letters: page.map(({ record, reason, diedAt }) => ({
        job_id: record.id,
        operation: record.operationId,
        ...(record.tenantId === undefined ? {} : { tenant_id: record.tenantId }),
        reason,
        code: record.ended && 'problem' in record.ended ? record.ended.problem.code : 'internal_error',
        request_id: record.requestId,
        created_at: record.createdAt,
        died_at: diedAt,
      })),
      ...(found.length > limit
        ? { next_cursor: Buffer.from(page.at(-1)!.diedAt).toString('base64url') }
        : {}),
    },
  };
};

/** @throws Problem `invalid_cursor` */
function readCursor(cursor: string): string {
  const date = Buffer.from(cursor, 'base64url').toString('utf8');
  if (Number.isNaN(Date.parse(date))) throw new Problem('invalid_cursor');
  return date;
}
