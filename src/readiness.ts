/** Whether a process can do its work: of API and workers alike. */

/** Each resolves to whether that part is well. */
export interface ReadinessChecks {
  /** Whether it takes writes. */
  redis(): Promise<boolean>;
  authority(): Promise<boolean>;
  /** Whether workers take what stands on the queue. */
  queue(): Promise<boolean>;
  /** Whether this process lacks a key of `ENCRYPTION_KEYS` or `HASH_KEY` (`redis/key-watch.ts`). */
  keys(): 'nothing' | 'met' | 'in use';
  /** Whether this process was asked to stop. */
  isStopping(): boolean;
}

export interface Readiness {
  isReady: boolean;
  checks: Record<'redis' | 'authority' | 'queue', 'ok' | 'failed'> & { keys?: 'failed' };
}

/** How long the parts that are only shown may take, ms: whoever asks does not wait long, and a slow authority is none of ours. */
const SHOWN_MS = 500;

/**
 * The authority and the queue are shown, and are no reason to send work elsewhere: keys that were fetched go on being good, calls are
 * taken on and kept, and another process would be no better off.
 */
export async function readReadiness(parts: ReadinessChecks): Promise<Readiness> {
  const [redis, authority, queue] = await Promise.all([
    word(parts.redis()),
    word(orLate(parts.authority())),
    word(orLate(parts.queue())),
  ]);
  const lacks = parts.keys();
  const shown = { redis, authority, queue };
  return {
    // What was sealed long ago with a key that is gone must not take all processes down; what others seal now cannot be answered here.
    isReady: redis === 'ok' && lacks !== 'in use' && !parts.isStopping(),
    // Of keys there is something to say only when one is missing.
    checks: lacks === 'nothing' ? shown : { ...shown, keys: 'failed' },
  };
}

async function word(well: Promise<boolean>): Promise<'ok' | 'failed'> {
  return (await well.catch(() => false)) ? 'ok' : 'failed';
}

function orLate(well: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, SHOWN_MS, false)));
  return Promise.race([well, late]).finally(() => clearTimeout(timer));
}
