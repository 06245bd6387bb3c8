/** Serializes a Problem as a problem document (RFC 9457); the only place that does. */
import type { Problem } from '../problem.ts';

export const PROBLEM_TYPE = 'application/problem+json';

interface About {
  publicUrl: string;
  requestId: string;
  /** Path of the request; undefined when its target cannot be parsed. */
  instance?: string | undefined;
}

export function problemDocument(problem: Problem, { publicUrl, requestId, instance }: About): object {
  const { detail, errors, scopes } = problem.parts;
  return {
    type: `${publicUrl}/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: detail || undefined,
    instance,
    code: problem.code,
    scopes,
    errors,
    request_id: requestId,
  };
}
