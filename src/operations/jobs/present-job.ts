import type { components } from '../../contract/generated.ts';
import type { AnyPrincipal } from '../../principal.ts';
import { isProblemCode, Problem } from '../../problem.ts';
import type { JobRecord } from '../../relay/job-records.ts';
import type { RelayProblem } from '../../relay/relay-job.ts';
import { withRefusal } from './with-refusal.ts';

/**
 * @param answer how the operation answers on success
 * @param principal who reads the job
 */
export function presentJob(
  record: JobRecord,
  publicUrl: string,
  answer?: { status: number; body?: unknown },
  principal?: AnyPrincipal,
): components['schemas']['Job'] {
  const { id, operationId, status, createdAt, finishedAt, ended } = record;
  return {
    id,
    operation: operationId,
    status,
    created_at: createdAt,
    finished_at: finishedAt,
    answer: answer && { status: answer.status, body: answer.body },
    problem:
      ended && 'problem' in ended && isProblemCode(ended.problem.code)
        ? document(withRefusal(ended.problem, principal), record, publicUrl)
        : undefined,
  };
}

function document({ code, detail, scopes }: RelayProblem, record: JobRecord, publicUrl: string) {
  const problem = Problem.of(code, {});
  return {
    type: `${publicUrl}/problems/${code}`,
    title: problem.title,
    status: problem.status,
    detail: detail || undefined,
    code,
    scopes,
    request_id: record.requestId,
  };
}
