/** Turns of uploads that have used their slice of the thread: one tenant after the other, and of each the one that waits longest. */
export interface Turns {
  /** Resolves when it is this tenant's turn. In between the thread looks at its messages. */
  next(tenantId: string): Promise<void>;
}

export function createTurns(): Turns {
  /** By tenant, those first whose turn comes first. */
  const waiting = new Map<string, (() => void)[]>();

  function giveTurn(): void {
    const [first] = waiting;
    if (!first) return;
    const [tenantId, uploads] = first;
    const go = uploads.shift();
    waiting.delete(tenantId);
    // Behind the other tenants.
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
