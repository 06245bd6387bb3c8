/** What a team writes first: the SDK in a loop, with the SDK's own retries. One after the other, and in lots with `Promise.all`. */
import { ManagementClient } from 'auth0';
import type { ControlClient } from '../../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../../src/start/deployment.ts';
import { managementToken } from '../management-token.ts';
import type { Measure } from '../measure.ts';
import { refusals } from '../refusals.ts';
import { rowOf } from './rows.ts';

/** Scaled down: one after the other, all 100,000 would take hours. */
const LOOP_ROWS = 200;
const LOT_ROWS = 10_000;
const LOT = 500;

/** @param perSecond that the authority's limits allow for long; the burst counts for much in so few rows, and is left out */
export async function naiveScript(
  deployment: Deployment,
  control: ControlClient,
  perSecond: number,
): Promise<Measure[]> {
  const { host } = new URL(deployment.authority);
  const client = new ManagementClient({
    domain: host,
    token: await managementToken(deployment),
    // The SDK knows https only.
    fetch: (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.host === host) url.protocol = 'http:';
      return fetch(url, init);
    },
  });
  const create = async (run: string, i: number) => {
    const user = JSON.parse(rowOf(run, i)) as { email: string };
    const connection = `${deployment.tenants[0]!.id}-users`;
    await client.users.create({
      ...user,
      connection,
      password: 'Correct-horse-7-battery',
      verify_email: false,
    });
  };

  async function measured(name: string, rows: number, lot: number): Promise<Measure[]> {
    await control.forgetCalls();
    const started = performance.now();
    let failed = 0;
    for (let i = 0; i < rows; i += lot) {
      const ends = await Promise.allSettled(
        Array.from({ length: Math.min(lot, rows - i) }, (_, at) => create(name, i + at)),
      );
      failed += ends.filter(({ status }) => status === 'rejected').length;
    }
    const seconds = (performance.now() - started) / 1000;
    const refused = await refusals(control);
    const told = (measure: string, value: number, unit: string, baseline: string): Measure => ({
      name: `naive_${name}_${measure}`,
      value,
      unit,
      target: null,
      baseline,
      runs: [value],
    });
    return [
      told(
        'makespan_ratio',
        seconds / (rows / perSecond),
        '× its least time',
        `${rows} rows, ${failed} of them given up`,
      ),
      told('429s', refused, 'refusals', 'counted by the authority'),
    ];
  }

  return [...(await measured('loop', LOOP_ROWS, 1)), ...(await measured('lots', LOT_ROWS, LOT))];
}
