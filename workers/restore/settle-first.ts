/** A worker begins no work while a restored Redis is not compared with the authority: the first one compares, the others wait. */
import { setTimeout as delay } from 'node:timers/promises';
import { keys } from '../../src/redis/keys.ts';
import { createLease } from '../../src/redis/leases.ts';
import { watchRestore, type RestoreWatch } from '../../src/restore/restore-watch.ts';
import { isUnconfirmed, readRestore } from '../../src/restore/restored-state.ts';
import { noticeSetBack } from './epoch.ts';
import { settleRestore, type SettleParts } from './settle.ts';

const AGAIN_MS = 1_000;

/** Resolves when the comparison is done, here or elsewhere. @param onError left out: the error is thrown */
export async function settleInTurn(parts: SettleParts, onError?: (error: unknown) => void): Promise<void> {
  const { redis } = parts;
  const lease = createLease(redis, keys.restoreTurn);
  while (isUnconfirmed(await readRestore(redis))) {
    if (await lease.isOurs()) {
      const renewing = setInterval(() => void lease.isOurs().catch(() => undefined), AGAIN_MS);
      try {
        await settleRestore(parts);
      } catch (error) {
        if (!onError) throw error;
        onError(error);
      } finally {
        clearInterval(renewing);
        await lease.release();
      }
    }
    if (isUnconfirmed(await readRestore(redis))) await delay(AGAIN_MS);
  }
}

/**
 * Resolves when work may begin.
 * @param seesEpoch whether Redis is compared with the epoch at Auth0
 * @param onBegin called when a restore begins later: what this process does and remembers is of the time before it
 */
export async function settleFirst(
  parts: SettleParts,
  seesEpoch: boolean,
  onBegin: () => void,
): Promise<RestoreWatch> {
  const { redis, log } = parts;
  if (seesEpoch)
    await noticeSetBack(parts).catch((err: unknown) =>
      log.warn({ err }, 'it is not known whether Redis was set back; it is looked at again'),
    );
  await settleInTurn(parts, (err) =>
    log.error({ err }, 'the restored Redis was not compared with Auth0; it is retried'),
  );
  return watchRestore(redis, log, onBegin);
}
