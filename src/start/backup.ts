/**
 * `npm run backup [-- --to FILE|FOLDER]`: writes a backup of Redis while everything runs. It needs the environment of API or workers, and
 * neither access to Redis' files nor the right to replicate, so it works with a managed Redis.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configOrExit, readBackupConfig } from '../config.ts';
import { readRedisClock, redisTimestamp } from '../redis/clock.ts';
import { connectForWaiting, untilReady } from '../redis/connections.ts';
import { readRedisFacts } from '../redis/redis-facts.ts';
import { writeBackup } from '../restore/backup-file.ts';
import { dumpKeys } from '../restore/backup-store.ts';
import { isUnconfirmed, readRestore } from '../restore/restored-state.ts';

const { values } = parseArgs({ options: { to: { type: 'string', default: '.' } } });
const config = configOrExit(() => readBackupConfig());
const redis = connectForWaiting(config);
redis.on('error', () => undefined);
try {
  await untilReady(redis);
  await readRedisClock(redis);
  if (isUnconfirmed(await readRestore(redis)))
    throw new Error('Redis is being restored: there is nothing to back up yet.');
  const { product = 'redis', version = '' } = await readRedisFacts(redis);
  const file = placeOf(values.to);
  const count = await writeBackup(file, dumpKeys(redis), config, `${product} ${version}`.trim());
  console.log(`${file}: ${count} keys`);
} catch (error) {
  console.error(`No backup was written: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  redis.disconnect();
}

/** In a folder, a file named by the time. */
function placeOf(to: string): string {
  const isFolder = statSync(to, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(to, `trivium-${redisTimestamp().replaceAll(':', '-')}.backup`) : to;
}
