/** Many short rounds over several servers in turn, so that whatever else the machine does meets all of them alike. */
import { requestsPerSecond, type Load } from './load.ts';
import type { Options } from './measure.ts';

const WARM_UP_SECONDS = 2;

/** @returns for each contender, requests a second in each round */
export async function race<Name extends string>(
  contenders: Record<Name, Load>,
  { rounds, seconds }: Options,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const one = (name: Name, time: number) => requestsPerSecond(contenders[name], time);
  for (const name of names) await one(name, WARM_UP_SECONDS);
  for (let round = 0; round < rounds; round += 1) {
    // Another one goes first each time.
    const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
    for (const name of order) results[name].push(await one(name, seconds));
    console.error(
      `round ${round + 1} of ${rounds}: ${names.map((name) => `${name} ${results[name].at(-1)!.toFixed(0)}/s`).join(', ')}`,
    );
  }
  return results;
}

/** Round by round: what one reached as a part of what the other did. */
export function ratios(over: readonly number[], under: readonly number[]): number[] {
  return over.map((value, round) => value / under[round]!);
}
