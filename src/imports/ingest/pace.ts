/**
 * Schedules one upload on the ingest thread: time slices in turn with uploads of other tenants, and a limit on processor time that
 * follows from its size. Checked between two pieces, and every few rows within one.
 */
import { Problem } from '../../problem.ts';
import type { Turns } from './turns.ts';
import { BrokenUpload } from './upload-source.ts';

export interface Pace {
  /** Work for this upload begins or continues after a wait. @throws as `check` does */
  resume(): void;
  /** Work for this upload waits for something. */
  pause(): void;
  /**
   * @returns a promise to await before going on, when other uploads are to have their turn
   * @throws BrokenUpload when the sender has disconnected; Problem `import_too_large` when the processor time is used up
   */
  check(): Promise<void> | undefined;
}

/** A row takes some microseconds. */
export const ROWS_PER_CHECK = 64;

/** Time slice of one upload while others wait. */
const SLICE_MS = 10;
/** Processor time that any upload may take. */
const FREE_MS = 2_000;
/** Processor time per received MiB. The most expensive legitimate input, gzip of nearly empty rows, takes about 1.5 s per MiB. */
const MS_PER_MIB = 10_000;
const MIB = 1_048_576;

interface Parts {
  turns: Turns;
  tenantId: string;
  source: { isBroken(): boolean; received(): number };
  /** Upper limit, whatever the size. */
  maxCpuMs: number;
  clock?: Clock;
}

/** Both in ms. Each may include time of others: another process had the processor, or another thread worked, too. */
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
  /** Time of the current slice by the first clock, and the second clock's reading at its start. */
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

  /** Counts the smaller of both readings. The second clock is read once per slice only: reading it costs as much as a row. */
  function endSlice(): void {
    const now = clock.processor();
    used += Math.min(slice, now - processor);
    processor = now;
    slice = 0;
    isTurnOver = true;
  }

  function refuseMore(): void {
    if (source.isBroken()) throw new BrokenUpload('the sender has disconnected');
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
