/** Divides usage into hours and days (UTC), and latency into buckets. */
export type Interval = 'hour' | 'day';

export const AN_HOUR_MS = 3_600_000;
export const lengthMs: Record<Interval, number> = { hour: AN_HOUR_MS, day: 24 * AN_HOUR_MS };

/** Retention: more than a month of hours for analysis, and more than a year of days for billing. */
export const HOUR_KEPT_MS = 40 * lengthMs.day;
export const DAY_KEPT_MS = 400 * lengthMs.day;

/** Upper bounds of the latency buckets, ms; a further bucket is unbounded. */
export const LATENCY_STEPS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] as const;

const LONGER = 'latency_longer';
export const latencyFields: readonly string[] = [
  ...LATENCY_STEPS_MS.map((step) => `latency_${step}`),
  LONGER,
];

export function latencyField(ms: number): string {
  const step = LATENCY_STEPS_MS.findIndex((bound) => ms <= bound);
  return latencyFields[step] ?? LONGER;
}

/** Part of a Redis key: `2026-11-23T09` or `2026-11-23`. */
export function periodOf(interval: Interval, time: number): string {
  return new Date(time).toISOString().slice(0, interval === 'hour' ? 13 : 10);
}

/** Start of the period that contains this time, ms. */
export const startOf = (interval: Interval, time: number): number =>
  Math.floor(time / lengthMs[interval]) * lengthMs[interval];
