/** The one shape of problem documents (RFC 9457), wherever they leave. */
import type { Problem } from '../problem.ts';

export const PROBLEM_TYPE = 'application/problem+json';

interface About {
  publicUrl: string;
  requestId: string;
  /** The path that was called; undefined where the request has none that can be read. */
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
