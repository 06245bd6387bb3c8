/** Counters of this process, in Prometheus's text format, by `prom-client`. */
import { Counter, Gauge, Registry } from 'prom-client';

/**
 * How an API key that this process did not remember was checked: `shared`: another process had asked; `exchanged`, `rejected`,
 * `unavailable`: what the authority said; `grace`: good though the authority was away; `throttled`: not asked, too many failures.
 */
export type KeyCheck = 'shared' | 'exchanged' | 'rejected' | 'unavailable' | 'grace' | 'throttled';

export interface KeyChecks {
  count(check: KeyCheck): void;
}

/** Answers that are sent as streams, and uploads. */
export interface StreamMetrics {
  opened(): void;
  closed(): void;
  /** The callers of all of them were checked again. */
  countTick(): void;
  /** @param reason code of a problem, or `not_read` */
  countCutOff(reason: string): void;
}

export interface Metrics {
  keyChecks: KeyChecks;
  streams: StreamMetrics;
  /** Requests that a key in grace was good for. */
  countGraceRequest(): void;
  /** What is asked for when somebody looks. */
  watch(sources: RelaySources): void;
  text(): Promise<string>;
}

/** All processes of a deployment tell the same of these: they stand in Redis. */
export interface RelaySources {
  buckets: () => Promise<
    { name: string; burst: number; available: number; pace: number; perSecond: number; refused: number }[]
  >;
  deadLetters: () => Promise<number>;
  /** Of this process: how far its machine's clock is ahead of Redis'. */
  clockOffsetMs: () => number;
  /** By queue. */
  waiting: () => Promise<Record<string, number>>;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const checks = new Counter({
    name: 'trivium_api_key_checks_total',
    help: 'Checks of API keys that this process did not remember, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const graceRequests = new Counter({
    name: 'trivium_api_key_grace_requests_total',
    help: 'Requests with an API key that could not be checked again, accepted because it was good a while ago.',
    registers,
  });
  return {
    keyChecks: { count: (outcome) => checks.inc({ outcome }) },
    countGraceRequest: () => graceRequests.inc(),
    streams: streamMetrics(registers),
    watch: (sources) => watchRelay(sources, registers),
    text: () => registers[0]!.metrics(),
  };
}

function streamMetrics(registers: Registry[]): StreamMetrics {
  const open = new Gauge({
    name: 'trivium_open_streams',
    help: 'Answers of this process that are being sent as streams.',
    registers,
  });
  const ticks = new Counter({
    name: 'trivium_stream_checks_total',
    help: 'How often this process has checked the callers of its open streams and uploads again, all at once.',
    registers,
  });
  const cutOff = new Counter({
    name: 'trivium_streams_cut_off_total',
    help: 'Streams and uploads that were ended because their caller was refused or did not read, by reason.',
    labelNames: ['reason'],
    registers,
  });
  return {
    opened: () => open.inc(),
    closed: () => open.dec(),
    countTick: () => ticks.inc(),
    countCutOff: (reason) => cutOff.inc({ reason }),
  };
}

function watchRelay(
  { buckets, deadLetters, clockOffsetMs, waiting }: RelaySources,
  registers: Registry[],
): void {
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    collect: (gauge: Gauge) => Promise<void>,
  ) =>
    new Gauge({
      ...{ name, help, labelNames, registers },
      collect() {
        return collect(this);
      },
    });
  const ofBuckets = {
    available: 'Calls to the Management API that could be made at once.',
    burst: 'Size of the bucket.',
    per_second: 'Calls a second that the plan allows.',
    pace: 'Part of that rate at which calls are made; less than 1 after the authority refused some.',
    refused: 'How often the authority refused a call because of its limit.',
  } as const;
  for (const [field, help] of Object.entries(ofBuckets)) {
    gauge(`trivium_budget_${field}`, help, ['bucket'], async (self) => {
      for (const { name, perSecond, ...rest } of await buckets()) {
        const values: Record<string, number> = { ...rest, per_second: perSecond };
        self.set({ bucket: name }, values[field]!);
      }
    });
  }
  gauge('trivium_dead_letters', 'Relay jobs that ended by a fault of this installation.', [], async (self) =>
    self.set(await deadLetters()),
  );
  gauge(
    'trivium_clock_offset_seconds',
    "How far this machine's clock is ahead of Redis', which is the one that counts.",
    [],
    (self) => Promise.resolve(self.set(clockOffsetMs() / 1000)),
  );
  gauge('trivium_queue_waiting', 'Jobs that wait for a worker.', ['queue'], async (self) => {
    for (const [queue, count] of Object.entries(await waiting())) self.set({ queue }, count);
  });
}
