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
  const registry = new Registry();
  const registers = [registry];
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
    watch: (sources) => {
      watchBuckets(sources, registers);
      watchRelay(sources, registers);
    },
    text: () => registry.metrics(),
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

interface Watched<T> {
  name: string;
  help: string;
  labelNames?: string[];
  /** What is to be shown; a sample that cannot be read is left out. */
  read: () => T | undefined | Promise<T | undefined>;
  show: (gauge: Gauge, value: T) => void;
}

/** A gauge that is read when somebody looks. */
function watch<T>(registers: Registry[], { name, help, labelNames = [], read, show }: Watched<T>): void {
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
}

const ofBuckets: readonly [field: string, help: string, of: (bucket: BucketSample) => number][] = [
  ['available', 'Calls to the Management API that could be made at once.', (bucket) => bucket.available],
  ['burst', 'Size of the bucket.', (bucket) => bucket.burst],
  ['per_second', 'Calls a second that the plan allows.', (bucket) => bucket.perSecond],
  [
    'pace',
    'Part of that rate at which calls are made; less than 1 after the authority refused some.',
    (bucket) => bucket.pace,
  ],
  ['refused', 'How often the authority refused a call because of its limit.', (bucket) => bucket.refused],
];

function watchBuckets({ buckets }: RelaySources, registers: Registry[]): void {
  for (const [field, help, of] of ofBuckets)
    watch(registers, {
      name: `trivium_budget_${field}`,
      help,
      labelNames: ['bucket'],
      read: buckets,
      show: (gauge, all) => {
        for (const bucket of all) gauge.set({ bucket: bucket.name }, of(bucket));
      },
    });
}

function watchRelay(sources: RelaySources, registers: Registry[]): void {
  watch(registers, {
    name: 'trivium_dead_letters',
    help: 'Relay jobs that ended by a fault of this installation.',
    read: sources.deadLetters,
    show: (gauge, count) => gauge.set(count),
  });
  watch(registers, {
    name: 'trivium_clock_offset_seconds',
    help: "How far this machine's clock is ahead of Redis', which is the one that counts.",
    read: sources.clockOffsetMs,
    show: (gauge, ms) => gauge.set(ms / 1000),
  });
  watch(registers, {
    name: 'trivium_queue_waiting',
    help: 'Jobs that wait for a worker.',
    labelNames: ['queue'],
    read: sources.waiting,
    show: (gauge, counts) => {
      for (const [queue, count] of Object.entries(counts)) gauge.set({ queue }, count);
    },
  });
  watch(registers, {
    name: 'trivium_redis_writable',
    help: 'Whether Redis takes writes: 1 or 0.',
    read: sources.redisTakesWrites,
    show: (gauge, takes) => gauge.set(takes ? 1 : 0),
  });
  watch(registers, {
    name: 'trivium_authority_clock_offset_seconds',
    help: "How far the authority's clock is ahead of this machine's, as its answers say.",
    read: sources.authorityClockOffsetMs,
    show: (gauge, ms) => gauge.set(ms / 1000),
  });
}
