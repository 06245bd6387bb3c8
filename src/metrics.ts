/** Metrics of this process, in Prometheus's text format, by `prom-client`. */
import { Counter, Gauge, Registry } from 'prom-client';

/**
 * How an API key that this process had not cached was verified: `shared`: by another process; `exchanged`, `rejected`,
 * `unavailable`: by the authority's answer; `grace`: accepted though the authority was unavailable; `throttled`: not
 * asked, too many failures.
 */
export type KeyCheck = 'shared' | 'exchanged' | 'rejected' | 'unavailable' | 'grace' | 'throttled';

export interface KeyChecks {
  count(check: KeyCheck): void;
}

/** Metrics of streamed answers and of uploads. */
export interface StreamMetrics {
  opened(): void;
  closed(): void;
  /** Counts a re-check of the callers of all open streams and uploads. */
  countTick(): void;
  /** @param reason problem code, or `not_read` */
  countCutOff(reason: string): void;
}

export interface Metrics {
  keyChecks: KeyChecks;
  streams: StreamMetrics;
  /** Counts a request accepted with an API key in its grace period. */
  countGraceRequest(): void;
  /** Counts an event that a service behind the gateway recorded. */
  countServiceEvent(service: string): void;
  /** Counts a delivery of the authority's event stream, by what came of it. */
  countAuthorityEvent(result: string): void;
  /** Sources that are read at each scrape. */
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

/** Values shared by all processes of a deployment, from Redis. Undefined while unreadable. */
export interface RelaySources {
  buckets: () => Promise<BucketSample[] | undefined>;
  deadLetters: () => Promise<number | undefined>;
  /** How far the clock of this process's machine is ahead of Redis's. */
  clockOffsetMs: () => number;
  /** Queue → number of waiting jobs. */
  waiting: () => Promise<Record<string, number> | undefined>;
  /** Whether Redis accepts writes, as seen by this process. */
  redisTakesWrites: () => Promise<boolean>;
  /** How far the authority's clock is ahead of ours, ms; undefined while unknown. */
  authorityClockOffsetMs: () => number | undefined;
  /** Services behind the gateway, as this process sees them. */
  services: () => readonly ServiceSample[];
  /** The last comparison of the account; undefined: there was none. */
  accountCheck: () => Promise<AccountCheckSample | undefined>;
  /** What tells of changes at the authority, and until when; times in ms since 1970. */
  authorityEvents: () => Promise<AuthorityEventsSample | undefined>;
  /** Number of scopes of the contract that the API at the authority lacks; undefined while unknown. */
  missingScopes: () => number | undefined;
}

export interface AccountCheckSample {
  /** When it was made, ms since 1970. */
  at: number;
  /** Part of the account → number of differences; parts that were not compared are left out. */
  differences: ReadonlyMap<string, number>;
}

interface AuthorityEventsSample {
  source: string;
  deliveredAt: number | undefined;
  polledAt: number | undefined;
  waiting: number;
}

interface ServiceSample {
  service: string;
  open: number;
  out: number;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const checks = new Counter({
    name: 'trivium_api_key_checks_total',
    help: 'Checks of API keys that this process had not cached, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const graceRequests = new Counter({
    name: 'trivium_api_key_grace_requests_total',
    help: 'Requests with an API key accepted within its grace period, because it could not be checked again.',
    registers,
  });
  const serviceEvents = new Counter({
    name: 'trivium_service_events_total',
    help: 'Events that services behind the gateway recorded at this process, repetitions included.',
    labelNames: ['service'],
    registers,
  });
  const authorityEvents = new Counter({
    name: 'trivium_authority_deliveries_total',
    help: 'Deliveries of the event stream at the authority to this process, by what came of them.',
    labelNames: ['result'],
    registers,
  });
  return {
    keyChecks: { count: (outcome) => checks.inc({ outcome }) },
    countGraceRequest: () => graceRequests.inc(),
    countServiceEvent: (service) => serviceEvents.inc({ service }),
    countAuthorityEvent: (result) => authorityEvents.inc({ result }),
    streams: streamMetrics(registers),
    watch: (sources) => {
      watchBuckets(sources, registers);
      watchRelay(sources, registers);
      watchAuthorityEvents(sources, registers);
      watchServices(sources, registers);
      watchAccount(sources, registers);
    },
    text: () => registry.metrics(),
  };
}

function streamMetrics(registers: Registry[]): StreamMetrics {
  const open = new Gauge({
    name: 'trivium_open_streams',
    help: 'Streamed answers being sent by this process.',
    registers,
  });
  const ticks = new Counter({
    name: 'trivium_stream_checks_total',
    help: 'How often this process has re-checked the callers of all its open streams and uploads.',
    registers,
  });
  const cutOff = new Counter({
    name: 'trivium_streams_cut_off_total',
    help: 'Streams and uploads that were cut off because their caller was refused or did not read, by reason.',
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
  /** The value to export; a sample that cannot be read is left out. */
  read: () => T | undefined | Promise<T | undefined>;
  show: (gauge: Gauge, value: T) => void;
}

/** A gauge that is read at each scrape. */
function watch<T>(registers: Registry[], { name, help, labelNames = [], read, show }: Watched<T>): void {
  new Gauge({
    name,
    help,
    labelNames,
    registers,
    async collect() {
      const value = await read();
      // A reset gauge without labels would export 0.
      if (labelNames.length > 0) this.reset();
      else this.remove();
      if (value !== undefined) show(this, value);
    },
  });
}

const ofBuckets: readonly [field: string, help: string, of: (bucket: BucketSample) => number][] = [
  ['available', 'Calls to the Management API that could be made now.', (bucket) => bucket.available],
  ['burst', 'Size of the bucket.', (bucket) => bucket.burst],
  ['per_second', 'Calls per second that the plan allows.', (bucket) => bucket.perSecond],
  [
    'pace',
    'Share of that rate at which calls are made; less than 1 after the authority refused some.',
    (bucket) => bucket.pace,
  ],
  [
    'refused',
    'How often the authority refused a call because of its rate limit.',
    (bucket) => bucket.refused,
  ],
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

function watchAccount({ accountCheck }: RelaySources, registers: Registry[]): void {
  watch(registers, {
    name: 'trivium_account_drift',
    help: 'Differences between a part of the Auth0 account and what Trivium needs of it, at the last comparison.',
    labelNames: ['part'],
    read: accountCheck,
    show: (gauge, { differences }) => {
      for (const [part, count] of differences) gauge.set({ part }, count);
    },
  });
  watch(registers, {
    name: 'trivium_account_checked_timestamp_seconds',
    help: 'When the Auth0 account was compared with what Trivium needs of it, seconds since 1970.',
    read: accountCheck,
    show: (gauge, { at }) => gauge.set(Math.floor(at / 1000)),
  });
}

function watchServices({ services }: RelaySources, registers: Registry[]): void {
  const ofServices: readonly [field: string, help: string, of: (sample: ServiceSample) => number][] = [
    [
      'open_requests',
      'Requests that this process has sent to a service and that have not ended.',
      ({ open }) => open,
    ],
    [
      'addresses_out',
      'Addresses of a service that get no requests because they cannot be connected to.',
      ({ out }) => out,
    ],
  ];
  for (const [field, help, of] of ofServices)
    watch(registers, {
      name: `trivium_service_${field}`,
      help,
      labelNames: ['service'],
      read: services,
      show: (gauge, all) => {
        for (const sample of all) gauge.set({ service: sample.service }, of(sample));
      },
    });
}

function watchAuthorityEvents({ authorityEvents: read }: RelaySources, registers: Registry[]): void {
  watch(registers, {
    name: 'trivium_authority_events_source',
    help: 'What tells of changes at the authority now: its event stream, the tenant log, or none of them; 1 for that.',
    labelNames: ['source'],
    read,
    show: (gauge, { source }) =>
      ['stream', 'log', 'none'].forEach((one) => gauge.set({ source: one }, one === source ? 1 : 0)),
  });
  watch(registers, {
    name: 'trivium_authority_events_last_seconds',
    help: 'When the event stream delivered last, and when the tenant log was read last, in seconds since 1970.',
    labelNames: ['source'],
    read,
    show: (gauge, { deliveredAt, polledAt }) => {
      if (deliveredAt !== undefined) gauge.set({ source: 'stream' }, deliveredAt / 1000);
      if (polledAt !== undefined) gauge.set({ source: 'log' }, polledAt / 1000);
    },
  });
  watch(registers, {
    name: 'trivium_authority_events_waiting',
    help: 'Events of the authority that are not processed yet.',
    read,
    show: (gauge, { waiting }) => gauge.set(waiting),
  });
}

function watchRelay(sources: RelaySources, registers: Registry[]): void {
  watch(registers, {
    name: 'trivium_dead_letters',
    help: 'Relay jobs that failed by a fault of this installation.',
    read: sources.deadLetters,
    show: (gauge, count) => gauge.set(count),
  });
  watch(registers, {
    name: 'trivium_missing_scopes',
    help: 'Scopes of the contract that the API at the authority lacks.',
    read: sources.missingScopes,
    show: (gauge, count) => gauge.set(count),
  });
  watch(registers, {
    name: 'trivium_clock_offset_seconds',
    help: "How far this machine's clock is ahead of Redis' clock, which is authoritative.",
    read: sources.clockOffsetMs,
    show: (gauge, ms) => gauge.set(ms / 1000),
  });
  watch(registers, {
    name: 'trivium_queue_waiting',
    help: 'Jobs waiting for a worker.',
    labelNames: ['queue'],
    read: sources.waiting,
    show: (gauge, counts) => {
      for (const [queue, count] of Object.entries(counts)) gauge.set({ queue }, count);
    },
  });
  watch(registers, {
    name: 'trivium_redis_writable',
    help: 'Whether Redis accepts writes: 1 or 0.',
    read: sources.redisTakesWrites,
    show: (gauge, takes) => gauge.set(takes ? 1 : 0),
  });
  watch(registers, {
    name: 'trivium_authority_clock_offset_seconds',
    help: "How far the authority's clock is ahead of this machine's, by its answers.",
    read: sources.authorityClockOffsetMs,
    show: (gauge, ms) => gauge.set(ms / 1000),
  });
}
