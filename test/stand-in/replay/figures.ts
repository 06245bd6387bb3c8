import { createHash } from 'node:crypto';
import { ENDPOINTS } from '../../../src/stand-in/management/endpoints.ts';
import type { Replayed } from './replay.ts';
import { isProof, isReviewed, REVIEWED, type Known } from './reviewed-differences.ts';

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

/** Of each endpoint, worst first: how many answers are equal, in all and of those that can be. */
export function table(replayed: readonly Replayed[]): Row[] {
  const rows = new Map<string, Row>();
  for (const one of replayed) {
    const endpoint = endpointOf(one);
    const row = rows.get(endpoint) ?? { endpoint, answers: 0, equal: 0, reviewed: 0 };
    row.answers += 1;
    if (differencesOf(one).length === 0) row.equal += 1;
    else if (unexplained(one).length === 0) row.reviewed += 1;
    rows.set(endpoint, row);
  }
  return [...rows.values()].sort(
    (one, other) =>
      one.equal / one.answers - other.equal / other.answers || one.endpoint.localeCompare(other.endpoint),
  );
}

export interface Row {
  endpoint: string;
  answers: number;
  equal: number;
  /** That cannot be equal, by what was reviewed. */
  reviewed: number;
}

export function asText(rows: readonly Row[]): string[] {
  const lines = rows.map(({ endpoint, answers, equal, reviewed }) => [
    String(answers),
    String(equal),
    percent(equal, answers),
    reviewed === 0 ? '' : String(reviewed),
    percent(equal, answers - reviewed),
    endpoint,
  ]);
  return [['answers', 'equal', '', 'cannot be', 'of the others', 'endpoint'], ...lines].map((cells) =>
    cells.map((cell, index) => (index < 5 ? cell.padStart(WIDTHS[index] ?? 0) : `  ${cell}`)).join(''),
  );
}

const WIDTHS = [8, 7, 9, 11, 15];

/** How many answers differ for each of the reviewed reasons. */
export function cannotBe(replayed: readonly Replayed[]): { cause: string; count: number }[] {
  return REVIEWED.map((known) => ({
    cause: `${known.cause}: ${known.reason} (${String(known.path)})`,
    count: replayed.filter((one) => isKnown(known, one)).length,
  })).filter(({ count }) => count > 0);
}

function isKnown({ path, what }: Known, one: Replayed): boolean {
  return path.test(one.path) && differencesOf(one).some((difference) => what.test(difference));
}

function endpointOf({ method, path }: Replayed): string {
  const known = PATTERNS.find((one) => one.method === method && one.path.test(path));
  return `${method} ${known?.name ?? path.replace(/\?.*/, '')}`;
}

// Those with fewer variables first: `/custom-domains/default` is no id.
const PATTERNS = ENDPOINTS.map(({ method, path }) => ({
  method,
  name: `/api/v2${path}`,
  path: new RegExp(`^/api/v2${path.replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`),
})).sort((one, other) => one.name.split('{').length - other.name.split('{').length);

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
