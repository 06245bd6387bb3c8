/** How long callers wait while a server has half of the work that it can do, each measured by what it can do itself. */
import { spawnProgram, type Load } from './load.ts';
import type { Options } from './measure.ts';
import type { PacedTask } from './paced-process.ts';

/** @returns 99th percentiles, ms, of each round */
export async function p99AtHalfLoad<Name extends string>(
  servers: Record<Name, Pick<Load, 'url' | 'headers'> & { perSecond: number }>,
  { rounds, seconds }: Options,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(servers) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) {
      const { url, headers, perSecond } = servers[name];
      const task: PacedTask = { url, headers, perSecond: perSecond / 2, seconds };
      found[name].push((await spawnProgram<{ p99: number }>('paced-process', task)).p99);
    }
  return found;
}
