import type { Clock } from '../clock.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultTable, PlannedFault } from '../faults/fault-table.ts';
import type { Mail, Mails } from '../mails.ts';
import { parsePlan } from '../limits/plans.ts';
import type { Settings } from '../settings.ts';

/** External form of the settings. Left out: unchanged. */
export interface SettingChanges {
  plan?: string;
  latencyMs?: number | { minMs: number; maxMs: number };
  searchDelayMs?: number;
  rotationOverlapMs?: number;
  rotationDelayMs?: number;
  importUsersPerSecond?: number;
  passwordsOfNewDatabases?: Settings['passwordsOfNewDatabases'];
  loginDatabases?: Settings['loginDatabases'];
  actionBuildMs?: number;
  actionTimeoutMs?: number;
  eventRetryMs?: number;
  runtimeOfNewActions?: string;
  customDomainCheckMs?: number;
  connectionDeletionMs?: number;
  mailDelivery?: Settings['mailDelivery'];
}

/** Number of processed requests per endpoint and status: `{'POST /api/v2/users': {'201': 3}}`. */
export type Calls = Record<string, Record<string, number>>;

/** Operations on the whole stand-in. */
export interface Machine {
  /** Signs with a new key from now on; without `keepOld` the others are removed from the key set. */
  rotateKeys: (keepOld: boolean) => Promise<void>;
  /** Signs any header and payload with the newest key. */
  signToken: (header: object, payload: object) => string;
  /** Refuses connections. */
  goDown: () => Promise<void>;
  comeUp: () => Promise<void>;
  /** Recreates the limits, with full buckets. */
  planChanged: () => void;
}

/** What tests can do to a running stand-in. */
export class Controls {
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #faults: FaultTable;
  readonly #mails: Mails;
  readonly #machine: Machine;
  readonly #calls = new Map<string, Map<string, number>>();

  constructor(clock: Clock, settings: Settings, faults: FaultTable, mails: Mails, machine: Machine) {
    this.#clock = clock;
    this.#settings = settings;
    this.#faults = faults;
    this.#mails = mails;
    this.#machine = machine;
  }

  addFault(fault: Fault): PlannedFault {
    return this.#faults.add(fault);
  }

  faults(): PlannedFault[] {
    return this.#faults.list();
  }

  removeFault(id: string): boolean {
    return this.#faults.remove(id);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** @returns the new time, in milliseconds since 1970 */
  advanceClock(ms: number): number {
    this.#clock.advance(ms);
    return this.#clock.now();
  }

  /** @throws Error for an unknown plan */
  change({ plan, latencyMs, ...others }: SettingChanges): void {
    if (plan !== undefined) {
      const known = parsePlan(plan);
      if (!known) throw new Error(`no such plan: ${plan}`);
      this.#settings.plan = known;
      this.#machine.planChanged();
    }
    if (latencyMs !== undefined)
      this.#settings.latency =
        typeof latencyMs === 'number' ? { minMs: latencyMs, maxMs: latencyMs } : latencyMs;
    Object.assign(this.#settings, others);
  }

  rotateKeys(keepOld: boolean): Promise<void> {
    return this.#machine.rotateKeys(keepOld);
  }

  /** A token that an authorization server would never issue: for tests of checks beyond the signature. */
  signToken(header: object, payload: object): string {
    return this.#machine.signToken(header, payload);
  }

  goDown(): Promise<void> {
    return this.#machine.goDown();
  }

  comeUp(): Promise<void> {
    return this.#machine.comeUp();
  }

  /** Called for every request that was processed, even if its answer was lost. */
  count(operation: string, status: number): void {
    const statuses = this.#calls.get(operation) ?? new Map<string, number>();
    this.#calls.set(operation, statuses);
    statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1);
  }

  calls(): Calls {
    return Object.fromEntries(
      [...this.#calls].map(([operation, statuses]) => [operation, Object.fromEntries(statuses)]),
    );
  }

  mails(): readonly Mail[] {
    return this.#mails.list();
  }

  forgetCalls(): void {
    this.#calls.clear();
  }
}
