/** Readiness of a process, for API and workers alike. */

/** Each resolves to whether that part works. */
export interface ReadinessChecks {
  /** Whether it accepts writes. */
  redis(): Promise<boolean>;
  authority(): Promise<boolean>;
  /** Whether workers process the queue. */
  queue(): Promise<boolean>;
  /** Whether this process lacks a key of `ENCRYPTION_KEYS` or `HASH_KEY` (`redis/key-watch.ts`). */
  keys(): 'nothing' | 'met' | 'in use';
  /** Whether this process is too old for what is in Redis (`redis/format.ts`). */
  isTooOld(): boolean;
  /** Whether Redis was restored from a backup, and is not compared with the authority yet (`restore/`). */
  isUnconfirmed(): boolean;
  /** Whether this process is shutting down. */
  isStopping(): boolean;
}

export interface Readiness {
  isReady: boolean;
  /** The last three are present only if they failed. */
  checks: Record<'redis' | 'authority' | 'queue', 'ok' | 'failed'> &
    Partial<Record<'keys' | 'format' | 'restore', 'failed'>>;
}

/** Timeout for informational parts, ms: probes must not wait long, and a slow authority does not affect readiness. */
const SHOWN_MS = 500;

/**
 * Authority and queue are informational and do not affect readiness: cached keys stay valid, jobs are accepted and
 * kept, and another process would be no better off.
 */
export async function readReadiness(parts: ReadinessChecks): Promise<Readiness> {
  const [redis, authority, queue] = await Promise.all([
    word(parts.redis()),
    word(orLate(parts.authority())),
    word(orLate(parts.queue())),
  ]);
  const lacks = parts.keys();
  const [isTooOld, isUnconfirmed] = [parts.isTooOld(), parts.isUnconfirmed()];
  const checks: Readiness['checks'] = { redis, authority, queue };
  if (lacks !== 'nothing') checks.keys = 'failed';
  if (isTooOld) checks.format = 'failed';
  if (isUnconfirmed) checks.restore = 'failed';
  // An old value sealed with a lost key must not take all processes down; values that others seal now cannot be
  // opened here.
  const isServing = redis === 'ok' && lacks !== 'in use' && !isTooOld && !isUnconfirmed;
  return { isReady: isServing && !parts.isStopping(), checks };
}

async function word(well: Promise<boolean>): Promise<'ok' | 'failed'> {
  return (await well.catch(() => false)) ? 'ok' : 'failed';
}

function orLate(well: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, SHOWN_MS, false)));
  return Promise.race([well, late]).finally(() => clearTimeout(timer));
}
