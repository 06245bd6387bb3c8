/** What a thousand first requests with one key cost the authority, over four processes that have never seen it. */
import type { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../src/start/deployment.ts';
import type { Measure } from './measure.ts';

const REQUESTS = 1_000;
const PROCESSES = 4;

/** @param authorization of a key that nobody has used yet */
export async function exchangesOfFirstUse(
  deployment: Deployment,
  control: ControlClient,
  authorization: string,
): Promise<Measure> {
  const processes = await Promise.all(
    Array.from({ length: PROCESSES }, (_, i) => deployment.startApi(`api-first-use-${i}`)),
  );
  try {
    await control.forgetCalls();
    const answers = await Promise.all(
      Array.from({ length: REQUESTS }, (_, i) =>
        fetch(`${processes[i % PROCESSES]!.url}/v1/me`, { headers: { authorization } }),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 200).length;
    if (refused > 0) throw new Error(`${refused} of ${REQUESTS} first requests were not answered with 200`);
    const exchanges = (await control.calls())['POST /oauth/token']?.['200'] ?? 0;
    return {
      name: 'exchanges_1000_parallel_4_processes',
      value: exchanges,
      unit: 'exchanges',
      target: 1,
      bound: 'exactly',
      baseline: 'counted by the authority; one for each process would be 4',
      runs: [exchanges],
    };
  } finally {
    await Promise.all(processes.map((api) => api.stop()));
  }
}
