/** Calls this API as its contract says, with the user's own token. */
import type { components } from '../contract/generated.ts';
import { accessToken } from './session.ts';
import { texts } from './texts.ts';

export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
export type Problem = Schema<'Problem'>;

/** A refusal, or a failure, as it is shown. `problem` is undefined where nothing answered. */
export class CallFailed extends Error {
  readonly problem: Problem | undefined;

  constructor(problem: Problem | undefined) {
    super(problem?.title ?? texts.unreachable);
    this.problem = problem;
  }
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

export interface Answered<T> {
  body: T;
  headers: Headers;
}

const JOB_POLL_MS = 1_000;

/** @throws CallFailed. An accepted job (202) is waited for, and its answer returned as if it had come at once. */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  return (await send<T>(method, path, options)).body;
}

export async function send<T>(method: string, path: string, options: CallOptions = {}): Promise<Answered<T>> {
  const response = await request(method, path, options);
  if (!response.ok) throw await failureOf(response);
  const body = response.status === 204 ? undefined : await parsed(response);
  if (response.status === 202) {
    const job = response.headers.get('location');
    if (job?.includes('/v1/jobs/'))
      return { body: await finished<T>(job, options.signal), headers: response.headers };
  }
  return { body: body as T, headers: response.headers };
}

/** The answer as it comes, for streams and files. @throws CallFailed */
export async function request(method: string, path: string, options: CallOptions = {}): Promise<Response> {
  const { body, headers, signal } = options;
  const isRaw = body instanceof Blob || typeof body === 'string';
  try {
    return await fetch(new URL(path, location.origin), {
      method,
      signal: signal ?? null,
      cache: 'no-store',
      headers: {
        Authorization: `Bearer ${await accessToken()}`,
        Accept: 'application/json',
        ...(body !== undefined && !isRaw && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : isRaw ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new CallFailed(undefined);
  }
}

export async function failureOf(response: Response): Promise<CallFailed> {
  const problem = (await parsed(response)) as Problem | undefined;
  return new CallFailed(typeof problem?.title === 'string' ? problem : undefined);
}

async function parsed(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    return undefined;
  }
}

async function finished<T>(address: string, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    const job = await call<Schema<'Job'>>('GET', new URL(address, location.origin).pathname, { signal });
    if (job.status === 'succeeded') return job.answer?.body as T;
    if (job.status === 'failed' || job.status === 'unknown') throw new CallFailed(job.problem);
    await new Promise((resolve) => setTimeout(resolve, JOB_POLL_MS));
  }
}
