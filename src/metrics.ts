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

interface BucketSample {
  name: string;
  burst: number;
  available: number;
  pace: number;
  perSecond: number;
  refused: number;
}

/** All processes of a deployment tell the same of these: they stand in Redis. Each is undefined while it cannot be read. */
export interface RelaySources {
  buckets: () => Promise<BucketSample[] | undefined>;
  deadLetters: () => Promise<number | undefined>;
  /** Of this process: how far its machine's clock is ahead of Redis'. */
  clockOffsetMs: () => number;
  /** By queue. */
  waiting: () => Promise<Record<string, number> | undefined>;
  /** Whether Redis takes writes, as this process finds. */
  redisTakesWrites: () => Promise<boolean>;
  /** How far the authority's clock is ahead of ours, ms; undefined while it is not known. */
  authorityClockOffsetMs: () => number | undefined;
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

function watchRelay(sources: RelaySources, registers: Registry[]): void {
  const { buckets, deadLetters, waiting, redisTakesWrites, clockOffsetMs, authorityClockOffsetMs } = sources;
  /** @param read what is to be shown; a sample that cannot be read is left out */
  const gauge = <T>(
    name: string,
    help: string,
    labelNames: string[],
    read: () => Promise<T | undefined>,
    show: (gauge: Gauge, value: T) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const value = await read();
        // One without labels would say 0 when it was reset.
        if (labelNames.length > 0) this.reset();
        else this.remove();
        if (value !== undefined) show(this, value);
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
    gauge(`trivium_budget_${field}`, help, ['bucket'], buckets, (self, all) => {
      for (const { name, perSecond, ...rest } of all) {
        const values: Record<string, number> = { ...rest, per_second: perSecond };
        self.set({ bucket: name }, values[field]!);
      }
    });
  }
  gauge(
    'trivium_dead_letters',
    'Relay jobs that ended by a fault of this installation.',
    [],
    deadLetters,
    (self, count) => self.set(count),
  );
  gauge(
    'trivium_clock_offset_seconds',
    "How far this machine's clock is ahead of Redis', which is the one that counts.",
    [],
    () => Promise.resolve(clockOffsetMs()),
    (self, ms) => self.set(ms / 1000),
  );
  gauge('trivium_queue_waiting', 'Jobs that wait for a worker.', ['queue'], waiting, (self, counts) => {
    for (const [queue, count] of Object.entries(counts)) self.set({ queue }, count);
  });
  gauge(
    'trivium_redis_writable',
    'Whether Redis takes writes: 1 or 0.',
    [],
    redisTakesWrites,
    (self, takes) => self.set(takes ? 1 : 0),
  );
  gauge(
    'trivium_authority_clock_offset_seconds',
    "How far the authority's clock is ahead of this machine's, as its answers say.",
    [],
    () => Promise.resolve(authorityClockOffsetMs()),
    (self, ms) => self.set(ms / 1000),
  );
}
