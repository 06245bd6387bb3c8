/** Loads a backup into an empty Redis. Nobody is let in, and no worker works, from before the first key until the comparison. */
import type { Redis } from 'ioredis';
import {
  BackupFault,
  readBackup,
  type BackupHeader,
  type BackupSecrets,
} from '../../src/restore/backup-file.ts';
import { isEmpty, loadKeys, type SavedKey } from '../../src/restore/backup-store.ts';
import { beginRestore, readRestore, saveRestore } from '../../src/restore/restored-state.ts';

/** Keys, and bytes, sent together. */
const BATCH = 500;
const BATCH_BYTES = 8_388_608;

/** The file is read twice: nothing of a file with a fault is loaded. @returns number of keys. @throws BackupFault */
export async function loadBackup(redis: Redis, file: string, secrets: BackupSecrets): Promise<number> {
  const header = await check(file, secrets);
  await begin(redis, header);
  let count = 0;
  let batch: SavedKey[] = [];
  let bytes = 0;
  const load = async () => {
    count += await loadKeys(redis, batch).catch(explain(header));
    [batch, bytes] = [[], 0];
  };
  for await (const one of readBackup(file, secrets)) {
    if (!('key' in one && 'value' in one)) continue;
    batch.push(one);
    bytes += one.value.length;
    if (batch.length >= BATCH || bytes >= BATCH_BYTES) await load();
  }
  await load();
  const restore = await readRestore(redis);
  if (!restore) throw new BackupFault('Redis was emptied meanwhile.');
  await saveRestore(redis, restore, 'comparing');
  return count;
}

async function check(file: string, secrets: BackupSecrets): Promise<BackupHeader> {
  let header: BackupHeader | undefined;
  for await (const one of readBackup(file, secrets)) if ('trivium_backup' in one) header = one;
  if (!header) throw new BackupFault('The file is empty.');
  return header;
}

/** @throws BackupFault unless Redis is empty, or an attempt with the same backup was interrupted */
async function begin(redis: Redis, { id, began_at }: BackupHeader): Promise<void> {
  const known = await readRestore(redis);
  if (known?.state === 'loading' && known.backup === id) return;
  const isOurs = (await isEmpty(redis)) && !known;
  const begun = { state: 'loading', from: 'file', backup: id, backup_at: began_at } as const;
  if (isOurs && (await beginRestore(redis, begun))) return;
  throw new BackupFault(
    'Redis is not empty: stop all processes and empty it (FLUSHALL) first. Nothing was changed.',
  );
}

const explain =
  ({ server }: BackupHeader) =>
  (error: unknown): never => {
    if (error instanceof Error && error.message.includes('DUMP payload'))
      throw new BackupFault(
        `This Redis cannot read values of ${server}: it needs the same version, or a newer one.`,
      );
    throw error;
  };
