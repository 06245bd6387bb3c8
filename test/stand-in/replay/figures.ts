import { createHash } from 'node:crypto';
import type { Replayed } from './replay.ts';
import { isProof, isReviewed } from './reviewed-differences.ts';

/** How many of the most frequent causes are told. */
const CAUSES_MAX = 5;
/** Of three cases, one is held out: what the rules of the stand-in were made for shouldn't be all that they are measured by. */
const PARTS = 3;

/** How many answers are equal, in all, in the held-out part, and of each kind of thing; and what differs most often. */
export function figures(replayed: readonly Replayed[]): string[] {
  const groups: Record<string, Replayed[]> = {
    all: [...replayed],
    'cases to develop with': replayed.filter((one) => !isHeldOut(one)),
    'cases held out': replayed.filter(isHeldOut),
  };
  for (const one of replayed) (groups[thingOf(one.path)] ??= []).push(one);
  const lines = Object.entries(groups).map(([name, answers]) => {
    const equal = answers.filter((one) => differencesOf(one).length === 0).length;
    const explained = answers.filter((one) => unexplained(one).length === 0).length;
    return `${name}: ${equal} of ${answers.length} equal (${percent(equal, answers.length)}), ${explained} but for what was reviewed`;
  });
  return [...lines, ...causes(replayed)];
}

/** @returns what differs, but for members whose lack proves nothing */
export function differencesOf(one: Replayed): string[] {
  return one.differences.filter((what) => isProof(one, what));
}

export function unexplained(one: Replayed): string[] {
  return differencesOf(one).filter((what) => !isReviewed(one, what));
}

/** By the name of its case: every run, and every version, holds out the same ones. */
function isHeldOut({ case: name }: Replayed): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE() % PARTS === 0;
}

function causes(replayed: readonly Replayed[]): string[] {
  const counts = new Map<string, number>();
  for (const one of replayed)
    for (const cause of new Set(differencesOf(one).map((what) => what.replace(/ instead of .*/, ' instead'))))
      counts.set(`${thingOf(one.path)}: ${cause}`, (counts.get(`${thingOf(one.path)}: ${cause}`) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, CAUSES_MAX)
    .map(([cause, count]) => `${count} times ${cause}`);
}

function thingOf(path: string): string {
  if (path.includes('/credentials')) return 'credentials';
  return /^\/api\/v2\/([\w-]+)/.exec(path)?.[1] ?? path;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
