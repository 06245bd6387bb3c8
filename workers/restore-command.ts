/**
 * `npm run restore -- --from FILE`: loads a backup into an empty Redis, and compares it with Auth0, which wins. Prints what was found, a line
 * of JSON each. `--compare` does the second half for a Redis that was restored by other means, such as a provider's snapshot; `--report`
 * prints what was found again; `--finish` is the operator's word that it was looked at. It needs the environment of the workers.
 */
import { parseArgs } from 'node:util';
import { createManagement } from '../src/auth0/management.ts';
import { configOrExit, readWorkerConfig } from '../src/config.ts';
import { logLastWords } from '../src/last-words.ts';
import { createLog } from '../src/log.ts';
import { readRedisClock } from '../src/redis/clock.ts';
import { connectForWaiting, untilReady } from '../src/redis/connections.ts';
import { Budget } from '../src/relay/budget.ts';
import { beginElsewhere, endRestore, readRestore, type Restore } from '../src/restore/restored-state.ts';
import { budgetedFetch } from './budgeted-fetch.ts';
import { managementTokenOf } from './management-token-of.ts';
import { loadBackup } from './restore/load-backup.ts';
import { settleParts } from './restore/parts.ts';
import { settleInTurn } from './restore/settle-first.ts';

const USAGE = 'Usage: npm run restore -- --from FILE | --compare | --report | --finish';
const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    compare: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    finish: { type: 'boolean', default: false },
  },
});
const { from, compare, report, finish } = values;
if ([from !== undefined, compare, report, finish].filter(Boolean).length !== 1) {
  console.error(USAGE);
  process.exit(2);
}
const config = configOrExit(readWorkerConfig);
const log = createLog(config.LOG_LEVEL, [], process.stderr);
logLastWords(log);
const redis = connectForWaiting(config);
redis.on('error', () => undefined);
try {
  await untilReady(redis);
  await readRedisClock(redis);
  await run();
} catch (error) {
  // The message only: what Redis refused may contain data.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  redis.disconnect();
}

async function run(): Promise<void> {
  if (from !== undefined) console.error(`${await loadBackup(redis, from, config)} keys were loaded.`);
  if (compare && !(await beginElsewhere(redis))) console.error('A restore is noted already; it goes on.');
  if (from !== undefined || compare) await settle();
  const restore = await readRestore(redis);
  if (!restore) return console.error('This Redis was not restored, or the restore was finished.');
  print(restore);
  if (finish) await end(restore);
}

async function settle(): Promise<void> {
  const management = createManagement({
    authorityUrl: config.AUTHORITY_URL,
    token: managementTokenOf(config),
    customDomain: config.AUTH0_CUSTOM_DOMAIN,
  })(
    budgetedFetch({
      budget: new Budget(redis, config.AUTH0_PLAN),
      lane: 'bulk',
      timeoutMs: config.AUTHORITY_TIMEOUT_SECONDS * 1000,
    }),
  );
  await settleInTurn(settleParts(redis, config, management, log));
}

function print({ findings, more }: Restore): void {
  for (const finding of findings) process.stdout.write(`${JSON.stringify(finding)}\n`);
  const unknown = findings.filter(({ done }) => done === 'unknown').length;
  console.error(
    `${findings.length + (more ?? 0)} findings; ${unknown} of those shown need a look (docs/backup-and-restore.md).`,
  );
}

async function end({ state }: Restore): Promise<void> {
  if (state !== 'compared')
    throw new Error('It is not compared with Auth0 yet: run it with --compare, or start a worker.');
  await endRestore(redis);
  console.error(
    'The restore is finished: clients at Auth0 that the registry lacks are removed again after STRAY_GRACE_SECONDS.',
  );
}
