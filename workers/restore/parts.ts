/** What a comparison after a restore needs, from the settings of a worker. */
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import type { WorkerConfig } from '../../src/config.ts';
import { ImportStore } from '../../src/imports/import-store.ts';
import type { Log } from '../../src/log.ts';
import { Apps } from '../../src/registry/apps.ts';
import { JobStore } from '../../src/relay/job-store.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { TenantSettings } from '../relay/tenant-settings.ts';
import type { SettleParts } from './settle.ts';

export function settleParts(
  redis: Redis,
  config: WorkerConfig,
  management: Management,
  log: Log,
): SettleParts {
  const seal = createSeal(config.ENCRYPTION_KEYS);
  const place = { database: config.TENANT_SETTINGS_DATABASE, clientId: config.AUTH0_CLIENT_ID };
  return {
    redis,
    apps: new Apps(redis, seal),
    management,
    settings: new TenantSettings(management, place),
    audience: config.AUDIENCE,
    clientId: config.AUTH0_CLIENT_ID,
    records: new JobStore(redis, seal),
    imports: new ImportStore(redis, seal, config.IMPORT_KEEP_HOURS * 3_600_000),
    log,
  };
}
