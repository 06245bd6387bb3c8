/** Whether this Redis was restored and is not compared yet, as a process knows it. */
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { isUnconfirmed, readRestore, type Restore } from './restored-state.ts';

export interface RestoreWatch {
  /** Nobody may be let in. */
  isUnconfirmed(this: void): boolean;
  close(): void;
}

const LOOK_MS = 1_000;

/**
 * Resolves when it is known.
 * @param onBegin called when a restore begins while this process runs
 */
export async function watchRestore(redis: Redis, log: Log, onBegin?: () => void): Promise<RestoreWatch> {
  /** Without the findings, which may be many. */
  let restore: Pick<Restore, 'state'> | undefined;
  async function look(): Promise<void> {
    const before = restore;
    const state = (await readRestore(redis))?.state;
    if (state === before?.state) return;
    restore = state && { state };
    if (isUnconfirmed(restore))
      log.error({ state }, 'Redis was restored: nobody is let in until it is compared with Auth0');
    else if (restore)
      log.warn(
        { state },
        'Redis was restored: nothing is deleted at Auth0 until `npm run restore -- --finish`',
      );
    else log.info('the restore of Redis was finished');
    if (isUnconfirmed(restore) && !isUnconfirmed(before)) onBegin?.();
  }
  await look();
  // While Redis is unreachable, nobody is let in anyway.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS).unref();
  return {
    isUnconfirmed: () => isUnconfirmed(restore),
    close: () => clearInterval(timer),
  };
}
