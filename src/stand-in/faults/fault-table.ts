import type { Effect, Fault } from './fault.ts';

export interface PlannedFault extends Fault {
  id: string;
  /** Number of affected requests. */
  hits: number;
}

interface Planned {
  fault: PlannedFault;
  matches: (method: string, path: string) => boolean;
  /** Number of matching requests, including skipped ones. */
  seen: number;
  /** Aborted when the fault is removed. */
  gone: AbortController;
}

export interface Happening {
  effect: Effect;
  gone: AbortSignal;
}

/** Planned faults, and the requests that they affect. */
export class FaultTable {
  readonly #planned = new Map<string, Planned>();
  #sequence = 0;

  get isEmpty(): boolean {
    return this.#planned.size === 0;
  }

  add(fault: Fault): PlannedFault {
    this.#sequence += 1;
    const planned = { ...fault, id: `fault-${this.#sequence}`, hits: 0 };
    this.#planned.set(planned.id, {
      fault: planned,
      matches: matcher(fault),
      seen: 0,
      gone: new AbortController(),
    });
    return planned;
  }

  list(): PlannedFault[] {
    return [...this.#planned.values()].map(({ fault }) => ({ ...fault }));
  }

  /** @returns whether there was one */
  remove(id: string): boolean {
    this.#planned.get(id)?.gone.abort();
    return this.#planned.delete(id);
  }

  clear(): void {
    for (const id of [...this.#planned.keys()]) this.remove(id);
  }

  /** What happens to this request: any delays, and at most one other fault, the oldest first. */
  take(method: string, path: string): Happening[] {
    const happenings: Happening[] = [];
    for (const planned of this.#planned.values()) {
      const { fault, gone } = planned;
      const isDelay = fault.effect.kind === 'latency';
      if (!isDelay && happenings.some(({ effect }) => effect.kind !== 'latency')) continue;
      if (fault.times !== undefined && fault.hits >= fault.times) continue;
      if (!planned.matches(method, path)) continue;
      planned.seen += 1;
      if (planned.seen <= (fault.skip ?? 0)) continue;
      fault.hits += 1;
      happenings.push({ effect: fault.effect, gone: gone.signal });
    }
    return happenings;
  }
}

function matcher({ method, path }: Fault): Planned['matches'] {
  const pattern =
    path === undefined
      ? undefined
      : new RegExp(
          `^${path
            .split(/(\{\w+\}|\*$)/)
            .map((part, index) =>
              index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : part === '*' ? '.*' : '[^/]+',
            )
            .join('')}$`,
        );
  return (actualMethod, actualPath) =>
    (method === undefined || method.toUpperCase() === actualMethod) &&
    (pattern === undefined || pattern.test(actualPath));
}
