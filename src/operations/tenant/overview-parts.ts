/** Parts of a tenant's overview: each says what deserves a look now, not all there is. */
import type { UsedApiKey } from '../../api-keys/api-key-administration.ts';
import type { components } from '../../contract/generated.ts';
import type { UsageReport } from '../../events/read-usage.ts';
import { hasEnded, type ImportState } from '../../imports/import-state.ts';
import type { TenantApp } from '../../registration/app-administration.ts';
import type { AppAccess } from '../../authorization/app-access.ts';
import type { ShownWebhook } from '../../webhooks/administration.ts';
import { presentTenantApp } from '../apps/present-app.ts';
import { presentWebhook } from '../webhooks/present-webhook.ts';

type Overview = components['schemas']['TenantOverview'];

/** How long before its end a key is one that expires soon, ms. */
const SOON_MS = 30 * 86_400_000;
/** Most entries of a list; how many there are is said beside it. */
const SHOWN = 10;

export function usageOf({ clients }: UsageReport, since: number): Overview['usage'] {
  const kinds = ['user', 'tenant', 'app'] as const;
  return {
    since: new Date(since).toISOString(),
    callers: kinds.map((kind) => {
      const own = clients.filter((client) => client.kind === kind).map(({ figures }) => figures);
      const sum = (of: (figures: (typeof own)[number]) => number) =>
        own.reduce((total, figures) => total + of(figures), 0);
      return {
        kind,
        requests: sum(({ requests }) => requests),
        refusals: sum(({ refusals }) => refusals),
        failures: sum(({ failures }) => failures),
      };
    }),
  };
}

export function apiKeysOf(keys: readonly UsedApiKey[], now: number): Overview['api_keys'] {
  const expiring = keys
    .map(({ client_id, name, expires_at, retires_at }) => ({
      client_id,
      name,
      ends_at: [expires_at, retires_at].filter((date) => date !== undefined).sort()[0],
    }))
    .filter((key): key is typeof key & { ends_at: string } => isSoon(key.ends_at, now))
    .sort((a, b) => Date.parse(a.ends_at) - Date.parse(b.ends_at));
  return { total: keys.length, expiring: expiring.length, first: expiring.slice(0, SHOWN) };
}

const isSoon = (date: string | undefined, now: number): boolean =>
  date !== undefined && Date.parse(date) > now && Date.parse(date) <= now + SOON_MS;

/** Apps that users of the tenant have tried to use, and that wait for its decision. */
export function appsOf(apps: readonly TenantApp[], tenantId: string, byDefault: AppAccess): Overview['apps'] {
  const waiting = apps
    .map((app) => presentTenantApp(app, tenantId, byDefault))
    .filter(({ decision, access }) => decision === 'undecided' && access === 'denied');
  return {
    waiting: waiting.length,
    first: waiting
      .slice(0, SHOWN)
      .map(({ client_id, name, flags, lapsed_at }) => ({ client_id, name, flags, lapsed_at })),
  };
}

export function importsOf(imports: readonly ImportState[]): Overview['user_imports'] {
  const running = imports.filter((one) => !hasEnded(one));
  return { running: running.length, first: running.slice(0, SHOWN).map(({ id }) => ({ id })) };
}

export function webhooksOf(webhooks: readonly ShownWebhook[]): Overview['webhooks'] {
  const failing = webhooks
    .map(presentWebhook)
    .filter(
      ({ failing_since, disabled_because, status }) =>
        failing_since !== undefined ||
        status === 'unverified' ||
        (status === 'disabled' && disabled_because !== 'asked'),
    );
  return {
    failing: failing.length,
    first: failing
      .slice(0, SHOWN)
      .map(({ id, status, failing_since, pending }) => ({ id, status, failing_since, pending })),
  };
}
