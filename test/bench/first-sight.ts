/** Tokens that a process has never seen, each once, beside jose in front of the same router. */
import type { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../src/start/deployment.ts';
import type { StartedProcess } from '../../src/start/processes.ts';
import { pin, putUnderLoad, SERVER_CORE } from './load.ts';
import { median, type Measure, type Options } from './measure.ts';
import { ratios } from './rounds.ts';
import { signTokens, type Caller } from './tokens.ts';

const TARGET = 0.9;
const TOKENS_A_ROUND = 1_024;
const WARM_UP_ROUNDS = 3;

interface Parts {
  baseline: (name: string) => Promise<StartedProcess>;
  caller: Caller;
  options: Options;
}

export async function firstSight(
  deployment: Deployment,
  control: ControlClient,
  { baseline, caller, options: { rounds } }: Parts,
): Promise<Measure[]> {
  const jose = await baseline('koa-jose');
  const api = await deployment.startApi('api-for-first-sight');
  for (const { pid } of [jose, api]) pin(pid, SERVER_CORE);
  try {
    const paces: { ours: number[]; jose: number[] } = { ours: [], jose: [] };
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      const credentials = await signTokens(control, deployment, callersOf(caller, round));
      const pace = ({ url }: StartedProcess) =>
        putUnderLoad({ url: `${url}/v1/me`, headers: {}, credentials }).then(({ perSecond }) => perSecond);
      const [ours, theirs] = [await pace(api), await pace(jose)];
      if (round < 0) continue;
      paces.ours.push(ours);
      paces.jose.push(theirs);
    }
    const runs = ratios(paces.ours, paces.jose);
    const beside = 'koa + @koa/router + jose, which verifies each request';
    return [
      {
        name: 'first_sight_vs_koa_jose',
        value: median(runs),
        unit: '×',
        target: TARGET,
        baseline: beside,
        runs,
      },
    ];
  } finally {
    await api.stop();
  }
}

/** The round tells their tokens from those of others. */
const callersOf = (caller: Caller, round: number): Caller[] =>
  Array<Caller>(TOKENS_A_ROUND).fill({ ...caller, scopes: [...caller.scopes, `bench:${round}`] });
