/** Counters of this process, in Prometheus's text format, by `prom-client`. */
import { Counter, Registry } from 'prom-client';

/**
 * How an API key that this process did not remember was checked: `shared`: another process had asked; `exchanged`, `rejected`,
 * `unavailable`: what the authority said; `grace`: good though the authority was away; `throttled`: not asked, too many failures.
 */
export type KeyCheck = 'shared' | 'exchanged' | 'rejected' | 'unavailable' | 'grace' | 'throttled';

export interface KeyChecks {
  count(check: KeyCheck): void;
}

export interface Metrics {
  keyChecks: KeyChecks;
  /** Requests that a key in grace was good for. */
  countGraceRequest(): void;
  text(): Promise<string>;
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
    text: () => registers[0]!.metrics(),
  };
}
