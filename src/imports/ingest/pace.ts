/**
 * How much of the ingest thread one upload may have: slices of it, in turn with the uploads of other tenants, and no more processor time
 * altogether than its size explains. What is asked between two pieces, and every so many rows within one, is asked here.
 */
import { Problem } from '../../problem.ts';
import type { Turns } from './turns.ts';
import { BrokenUpload } from './upload-source.ts';

export interface Pace {
  /** Work for this upload begins, after something was waited for. @throws as `check` does */
  resume(): void;
  /** Now something else is waited for. */
  pause(): void;
  /**
   * @returns what to wait for before going on, when others are to have their turn
   * @throws BrokenUpload when the sender is gone; Problem `import_too_large` when the processor time is used up
   */
  check(): Promise<void> | undefined;
}

/** A row takes some microseconds. */
export const ROWS_PER_CHECK = 64;

/** So long the thread works for one upload without a look at the others. */
const SLICE_MS = 10;
/** What any upload may take. */
const FREE_MS = 2_000;
/** For each MiB that arrives. Rows that hold next to nothing, packed, are the dearest honest ones: about 1.5 s a MiB. */
const MS_PER_MIB = 10_000;
const MIB = 1_048_576;

interface Parts {
  turns: Turns;
  tenantId: string;
  source: { isBroken(): boolean; received(): number };
  /** However large it is. */
  maxCpuMs: number;
  clock?: Clock;
}

/** Both in ms; each may count what others did: the processor was somebody else's for a while, or another thread worked, too. */
export interface Clock {
  wall(): number;
  processor(): number;
}

const REAL: Clock = {
  wall: () => performance.now(),
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
};

export function createPace({ turns, tenantId, source, maxCpuMs, clock = REAL }: Parts): Pace {
  let used = 0;
  /** What the thread worked for it since its last turn, by the first clock, and what the second one said then. */
  let slice = 0;
  let processor = clock.processor();
  let since = 0;
  let isTurnOver = false;

  function count(): void {
    const now = clock.wall();
    slice += now - since;
    since = now;
    if (slice >= SLICE_MS) endSlice();
  }

  /** It has taken no longer than either clock says. The second is asked once a slice only: it costs as much as a row. */
  function endSlice(): void {
    const now = clock.processor();
    used += Math.min(slice, now - processor);
    processor = now;
    slice = 0;
    isTurnOver = true;
  }

  function refuseMore(): void {
    if (source.isBroken()) throw new BrokenUpload('the sender is gone');
    const allowed = Math.min(FREE_MS + (MS_PER_MIB * source.received()) / MIB, maxCpuMs);
    if (used <= allowed) return;
    const seconds = (allowed / 1_000).toFixed(1);
    throw new Problem('import_too_large', {
      detail: `At most ${seconds} s of processor time for ${source.received()} bytes: the upload takes too much work for its size.`,
    });
  }

  return {
    resume() {
      refuseMore();
      since = clock.wall();
    },
    pause: count,
    check() {
      count();
      refuseMore();
      if (!isTurnOver) return undefined;
      isTurnOver = false;
      return turns.next(tenantId).then(() => {
        refuseMore();
        since = clock.wall();
      });
    },
  };
}
