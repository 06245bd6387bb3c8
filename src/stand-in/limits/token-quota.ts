import type { LogBook } from '../log-book.ts';
import type { Client } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** `token_quota.client_credentials` of a client (Auth0 docs, "Fine-grained M2M token quotas"). */
interface Quota {
  per_hour?: number;
  per_day?: number;
  /** false: counted and reported, not enforced. */
  enforce?: boolean;
}

interface Used {
  windowStart: number;
  count: number;
}

export interface QuotaVerdict {
  headers: Record<string, string>;
  /** Seconds until the next window; undefined: a token may be issued. */
  retryAfter?: number;
}

const WINDOWS = { per_hour: 3_600_000, per_day: 86_400_000 } as const;
const WARNINGS = [0.6, 0.8, 1];

/**
 * Counts the client credentials tokens of one client per hour and day, in UTC.
 * @returns undefined for a client without a quota
 */
export function spendTokenQuota(
  { store, logs, now }: { store: Store; logs: LogBook; now: () => number },
  client: Client,
): QuotaVerdict | undefined {
  const quota = (client['token_quota'] as { client_credentials?: Quota } | null | undefined)
    ?.client_credentials;
  if (!quota) return undefined;
  const at = now();
  const windows = (['per_hour', 'per_day'] as const).flatMap((name) => {
    const limit = quota[name];
    return limit === undefined ? [] : [readWindow(store, client.client_id, name, limit, at)];
  });
  const full = windows.filter(({ used, limit }) => used.count >= limit);
  if (full.length > 0 && quota.enforce !== false) {
    return {
      headers: header(windows),
      retryAfter: Math.max(...full.map(({ secondsLeft }) => secondsLeft)),
    };
  }
  for (const window of windows) {
    window.used = { ...window.used, count: window.used.count + 1 };
    store.settings.put({ name: window.key, value: window.used });
    const share = window.used.count / window.limit;
    const before = (window.used.count - 1) / window.limit;
    if (WARNINGS.some((mark) => before < mark && share >= mark))
      logs.write({
        type: 'token_quota_consumption_warning',
        description: `${Math.round(share * 100)} % of ${window.name} are used`,
        client_id: client.client_id,
        client_name: client.name,
      });
  }
  return { headers: header(windows) };
}

interface Window {
  name: keyof typeof WINDOWS;
  key: string;
  limit: number;
  used: Used;
  secondsLeft: number;
}

function readWindow(
  store: Store,
  clientId: string,
  name: keyof typeof WINDOWS,
  limit: number,
  at: number,
): Window {
  const length = WINDOWS[name];
  const windowStart = at - (at % length);
  const key = `token quota ${name} ${clientId}`;
  const known = store.settings.get(key)?.value as Used | undefined;
  return {
    name,
    key,
    limit,
    used: known?.windowStart === windowStart ? known : { windowStart, count: 0 },
    secondsLeft: Math.ceil((windowStart + length - at) / 1000),
  };
}

function header(windows: readonly Window[]): Record<string, string> {
  const parts = windows.map(
    ({ name, limit, used, secondsLeft }) =>
      `b=${name};q=${limit};r=${Math.max(0, limit - used.count)};t=${secondsLeft}`,
  );
  return { 'auth0-client-quota-limit': parts.join(',') };
}
