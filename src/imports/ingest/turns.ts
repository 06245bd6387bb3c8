/** Queue of uploads that have used their time slice: round robin over tenants; within a tenant, first come, first served. */
export interface Turns {
  /** Resolves when it is this tenant's turn. Before that the thread handles its messages. */
  next(tenantId: string): Promise<void>;
}

export function createTurns(): Turns {
  /** By tenant, in the order of their turns. */
  const waiting = new Map<string, (() => void)[]>();

  function giveTurn(): void {
    const [first] = waiting;
    if (!first) return;
    const [tenantId, uploads] = first;
    const go = uploads.shift();
    waiting.delete(tenantId);
    // To the end of the line of tenants.
    if (uploads.length > 0) waiting.set(tenantId, uploads);
    if (waiting.size > 0) setImmediate(giveTurn);
    go?.();
  }

  return {
    next: (tenantId) =>
      new Promise((resolve) => {
        if (waiting.size === 0) setImmediate(giveTurn);
        const uploads = waiting.get(tenantId);
        if (uploads) uploads.push(resolve);
        else waiting.set(tenantId, [resolve]);
      }),
  };
}
