/** Which keys a backup contains, and in which order. */
import { HOUR_MS, patternOf, type KeyDefinition } from '../redis/key-definition.ts';
import { keyDefinitions } from '../redis/keys.ts';

type Name = keyof typeof keyDefinitions;

/** What a restored process must not go on with, or what is only valid now. */
const LEFT_OUT = new Set<Name>([
  'restored',
  'registryChanges',
  'verdict',
  'refusals',
  'budget',
  'relayTurn',
  'relayLastTurn',
  'relayFlight',
  'fairSequence',
  'fairQueue',
  'fairBacklog',
  'fairTags',
  'fairRetries',
  'pendingJobs',
  'pendingJobDetails',
  'importJobLeases',
  'importJobsWaiting',
  'importJobsGiven',
  'importJobLimit',
]);

/** Locks, leases and counters of the moment. */
const isBrief = ({ bound }: KeyDefinition): boolean =>
  bound.expiresMs !== undefined && bound.expiresMs <= HOUR_MS && bound.after === undefined;

const definitions = Object.entries(keyDefinitions).map(([name, definition]) => ({
  pattern: patternOf(definition),
  isFixed: !definition.pattern.includes('<'),
  isKept: !LEFT_OUT.has(name as Name) && !isBrief(definition),
}));
const kept = definitions.filter(({ isKept }) => isKept);
const leftOut = definitions.filter(({ isKept }) => !isKept);
const isAmong = (some: typeof definitions, key: string) => some.some(({ pattern }) => pattern.test(key));

/** Whether a key belongs into a backup. Those of BullMQ do not: the jobs of before a restore are not run. */
export const isInBackup = (key: string): boolean => !isAmong(leftOut, key) && isAmong(kept, key);

/** Keys read in one transaction: they are of one instant. */
const TOGETHER = 2_000;

/**
 * Batches of keys of one hash tag. The outboxes come first: an event on its way to an audit log is in the backup twice rather than not at
 * all, and read positions tell that it was moved. Within a tag the keys without variable parts, which depend on each other, come first.
 */
export function batchesOf(keys: readonly string[]): string[][] {
  const tags = new Map<string, string[]>();
  for (const key of keys) {
    const [, tag = key] = /\{(.+?)\}/.exec(key) ?? [];
    const of = tags.get(tag);
    if (of) of.push(key);
    else tags.set(tag, [key]);
  }
  const isFixed = (key: string) => (definitions.some((one) => one.isFixed && one.pattern.test(key)) ? 0 : 1);
  const first = ['events', 'registry'];
  const rank = (tag: string) => (first.includes(tag) ? first.indexOf(tag) : first.length);
  return [...tags]
    .sort(([a], [b]) => rank(a) - rank(b))
    .flatMap(([, all]) => {
      const ordered = all.length > TOGETHER ? all.toSorted((a, b) => isFixed(a) - isFixed(b)) : all;
      const batches: string[][] = [];
      for (let at = 0; at < ordered.length; at += TOGETHER) batches.push(ordered.slice(at, at + TOGETHER));
      return batches;
    });
}
