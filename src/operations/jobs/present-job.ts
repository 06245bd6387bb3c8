import type { components } from '../../contract/generated.ts';
import { isProblemCode, Problem } from '../../problem.ts';
import type { JobRecord } from '../../relay/job-records.ts';

/** @param answer how the operation would have answered, once it succeeded */
export function presentJob(
  record: JobRecord,
  publicUrl: string,
  answer?: { status: number; body?: unknown },
): components['schemas']['Job'] {
  const { id, operationId, status, createdAt, finishedAt, ended } = record;
  return {
    id,
    operation: operationId,
    status,
    created_at: createdAt,
    ...(finishedAt ? { finished_at: finishedAt } : {}),
    ...(answer
      ? { answer: { status: answer.status, ...(answer.body === undefined ? {} : { body: answer.body }) } }
      : {}),
    ...(ended && 'problem' in ended && isProblemCode(ended.problem.code)
      ? { problem: document(new Problem(ended.problem.code), record, publicUrl, ended.problem.detail) }
      : {}),
  };
}

function document(problem: Problem, record: JobRecord, publicUrl: string, detail: string | undefined) {
  return {
    type: `${publicUrl}/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    ...(detail ? { detail } : {}),
    code: problem.code,
    request_id: record.requestId,
  };
}
