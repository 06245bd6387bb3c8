import { startOf } from '../../events/usage-periods.ts';
import { Problem } from '../../problem.ts';
import { redisNow } from '../../redis/clock.ts';
import { accessByDefault } from '../apps/access-by-default.ts';
import type { Call, Operation } from '../operation.ts';
import { apiKeysOf, appsOf, importsOf, usageOf, webhooksOf } from './overview-parts.ts';

/** Of a day, with the hour that has begun. */
const HOURS_MS = 23 * 3_600_000;
/** Apps and imports that are looked at, newest first. */
const LOOKED_AT = 100;

type Needs = 'apiKeys' | 'appAdministration' | 'config' | 'imports' | 'readUsage' | 'tenants' | 'webhooks';
type OverviewCall = Call<'getTenantOverview', Needs>;

/** Each part needs the scope with which its caller could read all of it. */
export const getTenantOverview: Operation<'getTenantOverview', Needs> = async (call) => {
  const { principal, services } = call;
  const tenant = await services.tenants.get(principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  const ifHeld = async <T>(scope: string, read: (call: OverviewCall) => Promise<T>) =>
    principal.scopes.includes(scope) ? read(call) : undefined;
  const [usage, api_keys, apps, user_imports, webhooks] = await Promise.all([
    ifHeld('read:usage', readUsageOf),
    ifHeld('manage:api_keys', readApiKeysOf),
    ifHeld('manage:apps', readAppsOf),
    ifHeld('read:user_imports', readImportsOf),
    ifHeld('manage:webhooks', readWebhooksOf),
  ]);
  const { id, name } = tenant;
  return { status: 200, body: { tenant: { id, name }, usage, api_keys, apps, user_imports, webhooks } };
};

async function readUsageOf({ principal, services }: OverviewCall) {
  const before = redisNow();
  const from = startOf('hour', before - HOURS_MS);
  const asked = { interval: 'hour', from, before, clientId: undefined } as const;
  return usageOf(await services.readUsage(principal.tenantId, asked), from);
}

async function readApiKeysOf({ principal, services }: OverviewCall) {
  return apiKeysOf(await services.apiKeys.list(principal.tenantId), redisNow());
}

async function readAppsOf({ principal: { tenantId }, services }: OverviewCall) {
  const { apps } = await services.appAdministration.listFor(tenantId, LOOKED_AT, undefined);
  return appsOf(apps, tenantId, await accessByDefault(services, tenantId));
}

async function readImportsOf({ principal, services }: OverviewCall) {
  const page = { after: undefined, limit: LOOKED_AT };
  return importsOf((await services.imports.list(principal.tenantId, page)).imports);
}

async function readWebhooksOf({ principal, services }: OverviewCall) {
  return webhooksOf(await services.webhooks.list(principal.tenantId));
}
