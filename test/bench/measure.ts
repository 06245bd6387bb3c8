/** What a benchmark gives back, and how it is shown and kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Measure {
  name: string;
  /** The median of `runs`. */
  value: number;
  unit: string;
  /** null: told for orientation. */
  target: number | null;
  /** What the target is; left out: `at least`. */
  bound?: 'at least' | 'at most' | 'exactly';
  /** What it is measured against, in the same run. */
  baseline: string;
  /** Each round's own value. */
  runs: number[];
}

export interface Options {
  rounds: number;
  seconds: number;
}

export type Benchmark = (options: Options) => Promise<Measure[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(3));

function isReached(value: number, target: number, bound: Measure['bound'] = 'at least'): boolean {
  if (bound === 'exactly') return value === target;
  return bound === 'at most' ? value <= target : value >= target;
}

export function print(name: string, measures: readonly Measure[]): void {
  const rows = measures.map(({ name: measure, value, unit, target, bound, baseline, runs }) => [
    measure,
    `${short(value)} ${unit}`,
    target === null ? '' : short(target),
    target === null ? '' : isReached(value, target, bound) ? 'reached' : 'MISSED',
    `${short(Math.min(...runs))} – ${short(Math.max(...runs))}`,
    baseline,
  ]);
  const table = [['measure', 'median', 'target', '', 'lowest – highest', 'baseline'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  console.log(
    `\n${name}, on ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
  );
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}

/** @returns the file: `<home>/bench/<name>.json` */
export function keep(home: string, name: string, measures: readonly Measure[]): string {
  const folder = join(home, 'bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ measures }, null, 2) + '\n');
  return file;
}
