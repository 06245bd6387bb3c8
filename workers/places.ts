/** The places of a worker for jobs under way, so that no flow holds them all: its jobs may wait long for a slot of another bucket. */
export interface Places {
  /** @returns leaves it */
  enter(flow: string): () => void;
  /** Flows that get no further place. */
  full(): string[];
}

/**
 * A flow may hold so many times as many places as are free (a dynamic threshold, Choudhury and Hahne 1998): alone three quarters of
 * them, two flows three sevenths each; some are always free for those who hold none.
 */
const SHARE_OF_FREE = 3;

export function createPlaces(count: number): Places {
  const held = new Map<string, number>();
  let taken = 0;
  return {
    enter(flow) {
      taken += 1;
      held.set(flow, (held.get(flow) ?? 0) + 1);
      return () => {
        taken -= 1;
        const left = held.get(flow)! - 1;
        if (left > 0) held.set(flow, left);
        else held.delete(flow);
      };
    },
    full() {
      const free = count - taken;
      return [...held].filter(([, own]) => free <= 1 || own >= SHARE_OF_FREE * free).map(([flow]) => flow);
    },
  };
}
