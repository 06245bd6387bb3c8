/** Pauses and retries while the authority is unavailable; all end when their signal aborts. */
import { setTimeout as delay } from 'node:timers/promises';
import { presentRefusal } from '../../../src/auth0/refusal.ts';
import type { Log } from '../../../src/log.ts';
import { isWaitedFor, waitsForOperator } from '../../failures.ts';

export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Wakes waiters when notified, or after a timeout. */
export interface WakeSignal {
  notify(): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createWakeSignal(): WakeSignal {
  let next = new AbortController();
  return {
    notify() {
      next.abort();
      next = new AbortController();
    },
    async wait(ms, signal) {
      const either = AbortSignal.any([signal, next.signal]);
      await delay(ms, undefined, { signal: either }).catch(() => signal.throwIfAborted());
    },
  };
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Exponential backoff, up to half a minute. */
export function createBackoff(signal: AbortSignal): () => Promise<void> {
  let ms = FIRST_MS;
  return async () => {
    await pause(ms, signal);
    ms = Math.min(LONGEST_MS, ms * 2);
  };
}

/** Logs a refusal that the import did not cause: it waits until the operator has resolved it. */
export function logRefusal(log: Log, error: unknown): void {
  if (waitsForOperator(error) && error.refusal)
    log.error(
      { authority: presentRefusal(error.refusal) },
      'an import waits: the authority refuses the workers’ calls',
    );
}

interface RetryContext {
  signal: AbortSignal;
  log: Log;
}

/** Retries a read while the authority is unavailable. @throws ManagementFailure of any other kind */
export async function readWithRetries<T>({ signal, log }: RetryContext, read: () => Promise<T>): Promise<T> {
  const wait = createBackoff(signal);
  for (let isFirst = true; ; isFirst = false) {
    signal.throwIfAborted();
    try {
      return await read();
    } catch (error) {
      if (!isWaitedFor(error)) throw error;
      if (isFirst) logRefusal(log, error);
      await wait();
    }
  }
}
