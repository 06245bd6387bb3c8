/** Relay jobs whose worker hangs at a call to the authority, and is killed then. */
import type { When } from '../../src/stand-in/control/control-client.ts';
import { until } from './api-keys.ts';
import { operator } from './callers.ts';
import { call } from './client.ts';
import { world } from './world.ts';

/** A call; `skip` where it is not the first of its kind. */
export interface CallAtAuthority {
  method: string;
  path: string;
  skip?: number;
}

/** Before the authority does what the call is for, and after it. */
export const MOMENTS: readonly When[] = ['before', 'after'];

/** Long enough for the locks of a dead worker to run out, and to be found. */
export const RECOVERY_MS = 90_000;

/** @param begin starts the job whose call it is, in the background. @returns what `begin` does, once the call hangs */
export async function hungAt<T>(at: CallAtAuthority, when: When, begin: () => Promise<T>): Promise<T> {
  const { control } = await world();
  const { id } = await control.addFault({ ...at, times: 1, effect: { kind: 'hang', when } });
  const begun = await begin();
  await until(async () => (await control.faults()).find((fault) => fault.id === id)!.hits === 1);
  return begun;
}

/**
 * Kills a worker, and has two others finish what it began.
 * @param beginAll starts the jobs; each hangs. @param check waits for their end
 */
export async function killedWhile<T>(
  name: string,
  beginAll: () => Promise<T>,
  check: (begun: T) => Promise<void>,
): Promise<void> {
  const { control, parts, startWorker } = await world();
  await parts.worker.stop();
  const doomed = await startWorker(`worker-doomed-${name}`);
  const begun = await beginAll().finally(() => doomed.stop('SIGKILL'));
  await control.clearFaults();
  // The world's worker under its own name again: other tests read its log.
  const names = ['worker', `worker-heir-${name}`];
  const [first, second] = await Promise.all(names.map((one) => startWorker(one)));
  parts.worker = first!;
  await check(begun).finally(() => second!.stop());
}

/** Looks no more once it has ended: what is shown once is shown to that look. */
export async function endedJob(path: string) {
  const as = await operator();
  for (;;) {
    const { body } = await call('GET', path, { as });
    if (!['queued', 'running'].includes(body.status as string)) return body;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
