/** Many short rounds over several servers in turn, so that whatever else the machine does meets all of them alike. */
import { putUnderLoad, type Load } from './load.ts';
import type { Options } from './measure.ts';

const WARM_UP_SECONDS = 2;

export interface Result {
  /** Requests a second in each round. */
  perSecond: number[];
  /** Processor time for each request in each round, µs; empty where it was not measured. */
  cpuMicros: number[];
}

/** @returns for each contender */
export async function race<Name extends string>(
  contenders: Record<Name, Load>,
  { rounds, seconds }: Options,
): Promise<Record<Name, Result>> {
  const names = Object.keys(contenders) as Name[];
  const none = (): Result => ({ perSecond: [], cpuMicros: [] });
  const results = Object.fromEntries(names.map((name) => [name, none()])) as Record<Name, Result>;
  const one = (name: Name, time: number) => putUnderLoad(contenders[name], time);
  for (const name of names) await one(name, WARM_UP_SECONDS);
  for (let round = 0; round < rounds; round += 1) {
    // Another one goes first each time.
    const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
    for (const name of order) {
      const { perSecond, cpuMicros } = await one(name, seconds);
      results[name].perSecond.push(perSecond);
      if (cpuMicros !== undefined) results[name].cpuMicros.push(cpuMicros);
    }
    console.error(
      `round ${round + 1} of ${rounds}: ${names.map((name) => paceOf(name, results[name])).join(', ')}`,
    );
  }
  return results;
}

function paceOf(name: string, { perSecond, cpuMicros }: Result): string {
  const cpu = cpuMicros.at(-1);
  return `${name} ${perSecond.at(-1)!.toFixed(0)}/s${cpu === undefined ? '' : ` ${cpu.toFixed(0)} µs`}`;
}

/** Round by round: what one reached as a part of what the other did. */
export function ratios(over: readonly number[], under: readonly number[]): number[] {
  return over.map((value, round) => value / under[round]!);
}

/** Requests a second alone. */
export function pacesOf<Name extends string>(results: Record<Name, Result>): Record<Name, number[]> {
  const names = Object.keys(results) as Name[];
  return Object.fromEntries(names.map((name) => [name, results[name].perSecond])) as Record<Name, number[]>;
}
