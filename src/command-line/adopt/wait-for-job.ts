/** Waits for an operator's job, which continues on the server whatever happens here. */
import { setTimeout as delay } from 'node:timers/promises';
import type { components } from '../generated-contract.ts';
import { Failure } from '../exit-codes.ts';
import { jsonOf } from '../json-of.ts';
import { plainText } from '../plain-text.ts';
import { patiently, type OperatorApi } from './operator-api.ts';

type Job = components['schemas']['Job'];

const POLL_MS = 1_000;

/**
 * @param onPoll called while it runs
 * @returns the body of its answer @throws Failure when it has failed, or is not known any more
 */
export async function waitForJob<T>(
  api: OperatorApi,
  jobId: string,
  troubled: (failure: Failure) => void,
  onPoll: () => Promise<void> = () => Promise.resolve(),
): Promise<T> {
  for (;;) {
    const path = `/v1/jobs/${encodeURIComponent(jobId)}`;
    const { status, answer, problem } = await patiently(api, troubled, async () =>
      jsonOf<Job>(await api.send('GET', path)),
    );
    if (answer) return answer.body as T;
    if (problem) throw failed(problem);
    if (status !== 'queued' && status !== 'running')
      throw new Failure('unreachable', [
        plainText(`The job ended as ${status}: run the same command again.`),
      ]);
    await onPoll();
    await delay(POLL_MS, undefined, { signal: api.signal });
  }
}

function failed({ title, code, detail, status }: NonNullable<Job['problem']>): Failure {
  const lines = [`${title} (${code}, ${status})`, ...(detail ? [`  ${detail}`] : [])];
  const again = '  What was done stays done; the same command does the rest.';
  return new Failure(status >= 500 ? 'unreachable' : 'refused', [...lines, again].map(plainText), { status });
}
