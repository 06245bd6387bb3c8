/** Calls of the API, followed to their end when they become jobs. A failure is an answer, too: the checks decide what it means. */
import { setTimeout as delay } from 'node:timers/promises';
import { parsed, recordOf, type Json } from '../setup/answers.ts';

export interface Answer {
  /** 0: there was none. */
  status: number;
  body: Json;
  headers: Headers;
  /** Status and code, for people. */
  said: string;
}

interface Request {
  authorization?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 70_000;
const POLL_MS = 500;
/** How long a job may take. */
const JOB_MS = 120_000;

export async function callApi(
  url: string,
  method: string,
  path: string,
  request: Request = {},
): Promise<Answer> {
  const answer = await once(url, method, path, request);
  const job = answer.headers.get('location');
  if (answer.status !== 202 || !job?.startsWith('/v1/jobs/')) return answer;
  return follow(url, job, request);
}

async function once(url: string, method: string, path: string, request: Request): Promise<Answer> {
  const { authorization, body, headers, signal } = request;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // The credential is for this address only.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const content = recordOf(parsed(await response.text())) ?? {};
    return toAnswer(response.status, content, response.headers);
  } catch (error) {
    if (signal?.aborted) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.name) : 'unknown';
    return { status: 0, body: {}, headers: new Headers(), said: `no answer (${code})` };
  }
}

async function follow(url: string, path: string, request: Request): Promise<Answer> {
  const { authorization, signal } = request;
  const until = performance.now() + JOB_MS;
  for (;;) {
    const { status, body, headers, said } = await once(url, 'GET', path, { authorization, signal });
    const state = body['status'];
    const answer = recordOf(body['answer']);
    const problem = recordOf(body['problem']);
    if (status !== 200) return { status, body, headers, said };
    if (answer) return toAnswer(Number(answer['status']), recordOf(answer['body']) ?? {}, headers);
    if (problem) return toAnswer(Number(problem['status']), problem, headers);
    if (state === 'unknown' || performance.now() > until)
      return { status: 202, body, headers, said: `202, and its job is ${String(state)}` };
    await delay(POLL_MS, undefined, { signal });
  }
}

function toAnswer(status: number, body: Json, headers: Headers): Answer {
  const code = body['code'] ?? body['error'];
  const detail = typeof body['detail'] === 'string' ? `: ${body['detail']}` : '';
  return { status, body, headers, said: `${status}${typeof code === 'string' ? ` ${code}` : ''}${detail}` };
}

/** A member of the answer as text; empty when it is none. */
export const textIn = (body: Json, name: string): string => {
  const value = body[name];
  return typeof value === 'string' ? value : '';
};
