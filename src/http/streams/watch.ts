/** Re-checks the callers of all streams and uploads of this process, by one timer; refused callers are cut off. */
import type { StreamMetrics } from '../../metrics.ts';
import { Problem } from '../../problem.ts';
import type { Registry } from '../../registry/registry.ts';
import { isRefusal, type Standing } from './standing.ts';

export interface Watch {
  /**
   * @param cutOff called once, when the caller is refused or has been uncheckable for UNCHECKED_MS
   * @returns stops watching
   */
  add(standing: Standing, cutOff: (problem: Problem) => void): () => void;
}

interface Watched {
  standing: Standing;
  cutOff: (problem: Problem) => void;
}

/** Half of the second within which a revocation must take effect; the other half is for the registry to receive it. */
const TICK_MS = 500;
/**
 * How long a caller that cannot be checked (Redis or the authority unreachable) is kept; new requests are refused
 * immediately.
 */
const UNCHECKED_MS = 10_000;

export function createWatch(registry: Registry, metrics: StreamMetrics): Watch {
  const watched = new Set<Watched>();
  let isTicking = false;

  function end(one: Watched, problem: Problem): void {
    if (!remove(one)) return;
    one.cutOff(problem);
  }

  function recheck(one: Watched): void {
    one.standing.recheck().catch((error: unknown) => {
      if (isRefusal(error)) end(one, error);
      else if (one.standing.age() > UNCHECKED_MS) end(one, unchecked(error));
    });
  }

  /** Expiry needs no lookup, and usually nothing else has changed since the last tick. */
  async function tick(): Promise<void> {
    metrics.countTick();
    const now = Date.now();
    for (const one of watched) if (now >= one.standing.validUntil) recheck(one);
    const generation = await registry.currentGeneration().catch(() => undefined);
    for (const one of watched) {
      if (generation === undefined) {
        if (one.standing.age() > UNCHECKED_MS) end(one, unchecked());
      } else if (one.standing.isDue(generation)) recheck(one);
      else one.standing.confirm();
    }
  }

  const tickInTurn = () => {
    if (isTicking) return;
    isTicking = true;
    void tick().finally(() => (isTicking = false));
  };
  /** Only while somebody is watched: a pipeline that was replaced is left alone by then. */
  let timer: NodeJS.Timeout | undefined;
  const remove = (one: Watched): boolean => {
    const isKnown = watched.delete(one);
    if (watched.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    return isKnown;
  };

  return {
    add(standing, cutOff) {
      const one = { standing, cutOff };
      watched.add(one);
      timer ??= setInterval(tickInTurn, TICK_MS).unref();
      return () => void remove(one);
    },
  };
}

const unchecked = (cause?: unknown) =>
  cause instanceof Problem ? cause : new Problem('overloaded', { cause });
