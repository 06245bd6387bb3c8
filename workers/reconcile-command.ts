/**
 * `npm run reconcile -- --dry-run`: compares the registry with Auth0, and prints each difference as a line of JSON. Without `--dry-run` it
 * runs the scheduled comparison now: repairs what can be repaired, and rebuilds a lost registry.
 */
import { createManagement } from '../src/auth0/management.ts';
import { configOrExit, readWorkerConfig } from '../src/config.ts';
import { logLastWords } from '../src/last-words.ts';
import { createLog } from '../src/log.ts';
import { readRedisClock } from '../src/redis/clock.ts';
import { connectForWaiting, untilReady } from '../src/redis/connections.ts';
import { Apps } from '../src/registry/apps.ts';
import { Budget } from '../src/relay/budget.ts';
import { createSeal, UnknownKey } from '../src/secrets/seal.ts';
import { budgetedFetch } from './budgeted-fetch.ts';
import { managementTokenOf } from './management-token-of.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { TenantSettings } from './relay/tenant-settings.ts';

const config = configOrExit(readWorkerConfig);
const options = process.argv.slice(2);
const dryRun = options.includes('--dry-run');
if (options.some((option) => option !== '--dry-run')) {
  console.error('Usage: npm run reconcile [-- --dry-run]');
  process.exit(2);
}
// On stderr, apart from the differences: a Redis error contains the failed command, and with it the data to be stored.
logLastWords(createLog(config.LOG_LEVEL, [], process.stderr));
const redis = connectForWaiting(config);
redis.on('error', () => undefined);
await untilReady(redis).catch((error: unknown) => {
  // The message only: the error of a refused password contains the password.
  console.error(`Redis cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
});
await readRedisClock(redis);
const authorityUrl = config.AUTHORITY_URL;
const token = managementTokenOf(config);
const send = budgetedFetch({
  budget: new Budget(redis, config.AUTH0_PLAN),
  lane: 'bulk',
  timeoutMs: config.AUTHORITY_TIMEOUT_SECONDS * 1000,
});
try {
  const management = createManagement({ authorityUrl, token, customDomain: config.AUTH0_CUSTOM_DOMAIN })(
    send,
  );
  const settingsPlace = { database: config.TENANT_SETTINGS_DATABASE, clientId: config.AUTH0_CLIENT_ID };
  const drifts = await reconcile({
    redis,
    apps: new Apps(redis, createSeal(config.ENCRYPTION_KEYS)),
    management,
    settings: new TenantSettings(management, settingsPlace),
    audience: config.AUDIENCE,
    graceMs: config.STRAY_GRACE_SECONDS * 1000,
    dryRun,
  });
  for (const drift of drifts) process.stdout.write(`${JSON.stringify(drift)}\n`);
  console.error(
    `${drifts.length === 1 ? 'one difference' : `${drifts.length} differences`}${dryRun ? '; nothing was changed' : ''}.`,
  );
} catch (error) {
  console.error(`The comparison ended early: ${inWords(error)}`);
  process.exitCode = 1;
} finally {
  redis.disconnect();
}

/** Without a stack trace, which is of no use to the operator, and without error properties that must not be shown. */
function inWords(error: unknown): string {
  if (error instanceof UnknownKey)
    return `ENCRYPTION_KEYS lacks key ${error.code}, with which something is sealed`;
  return error instanceof Error ? error.message : String(error);
}
