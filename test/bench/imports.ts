/**
 * What user imports make of the machine and of the authority's limits: how quickly a million rows are taken in, in how much memory and
 * at what cost to others; and how long a whole import takes on either channel. Beside it the script that a team writes first.
 */
import { ControlClient } from '../../src/stand-in/control/control-client.ts';
import { basic } from '../support/basic-credential.ts';
import { benchDeployment } from './bench-deployment.ts';
import { ingest } from './imports/ingest.ts';
import { makespan } from './imports/makespan.ts';
import { naiveScript } from './imports/naive-script.ts';
import type { Benchmark, Measure } from './measure.ts';

/** No plan of Auth0's: ten times its "100 RPS" tier, so that 100,000 rows take minutes and not hours. A harder test of us, too. */
const PLAN = 'fast';
const BURST = 100;
const PER_SECOND = 500;
/**
 * What a job makes of its file in a second: nearly three times what Auth0 says for enterprises (400,000 an hour in two jobs). The
 * quicker a job is, the more the calls around it weigh.
 */
const JOB_USERS_PER_SECOND = 150;
/** Auth0 docs, "Bulk user imports". */
const JOBS_AT_ONCE = 2;
const LATENCY = '80-140';
const ROWS = 100_000;

const leastRowByRow = (rows: number) => Math.max(0, rows - BURST) / PER_SECOND;
const leastByJobs = (rows: number) => rows / (JOBS_AT_ONCE * JOB_USERS_PER_SECOND);

export const imports: Benchmark = async () => {
  const only = process.env['BENCH_IMPORTS']?.split(',');
  const isWanted = (part: string) => !only || only.includes(part);
  const { deployment, end } = await benchDeployment(PLAN, LATENCY);
  try {
    const control = new ControlClient(deployment.parts.standIn.controlUrl!);
    const { client_id, client_secret } = deployment.tenants[0]!.api_key;
    const authorization = basic(client_id, client_secret);
    const measures: Measure[] = [];

    await deployment.parts.worker.stop();
    if (isWanted('ingest')) measures.push(...(await ingest(deployment, authorization)));

    const workers = [await deployment.startWorker('worker-1'), await deployment.startWorker('worker-2')];
    let refused = 0;
    await control.change({ importUsersPerSecond: JOB_USERS_PER_SECOND });
    for (const [channel, least] of [
      ['row_by_row', leastRowByRow],
      ['import_jobs', leastByJobs],
    ] as const) {
      if (!isWanted(channel)) continue;
      const asked = { channel, rows: ROWS, leastSeconds: least(ROWS) };
      const found = await makespan(deployment, control, authorization, asked);
      measures.push(found.measure);
      refused += found.refused;
    }
    measures.push({
      name: 'authority_429s',
      value: refused,
      unit: 'refusals',
      target: 0,
      bound: 'exactly',
      baseline: 'by rate buckets, counted by the authority',
      runs: [refused],
    });
    // All of it stops, so that the script has the authority to itself.
    await Promise.all(workers.map((worker) => worker.stop()));
    if (isWanted('naive')) measures.push(...(await naiveScript(deployment, control, PER_SECOND)));
    return measures;
  } finally {
    await end();
  }
};
