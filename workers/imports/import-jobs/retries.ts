/** Waiting: for a while, or until the authority is well again. Whoever aborts the signal ends it. */
import { setTimeout as delay } from 'node:timers/promises';
import { presentRefusal } from '../../../src/auth0/refusal.ts';
import type { Log } from '../../../src/log.ts';
import { isWaitedFor, waitsForOperator } from '../../failures.ts';

export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Whoever waits is woken when it rings, or after a while. */
export interface Bell {
  ring(): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  let next = new AbortController();
  return {
    ring() {
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

/** Longer each time, up to half a minute. */
export function growingPause(signal: AbortSignal): () => Promise<void> {
  let ms = FIRST_MS;
  return async () => {
    await pause(ms, signal);
    ms = Math.min(LONGEST_MS, ms * 2);
  };
}

/** Nothing that an import could be blamed for: it waits for the operator, who has to be told. */
export function logRefusal(log: Log, error: unknown): void {
  if (waitsForOperator(error) && error.refusal)
    log.error({ authority: presentRefusal(error.refusal) }, 'an import waits: the authority refuses us');
}

interface RetryContext {
  signal: AbortSignal;
  log: Log;
}

/** Reads until there is an answer. @throws ManagementFailure of any other kind */
export async function readWithRetries<T>({ signal, log }: RetryContext, read: () => Promise<T>): Promise<T> {
  const wait = growingPause(signal);
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
