/** How long a whole import takes, from the first byte of its upload to the end of its last row, beside what the limits allow. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlClient } from '../../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../../src/start/deployment.ts';
import type { Measure } from '../measure.ts';
import { refusals } from '../refusals.ts';
import { sendFile } from './programs.ts';
import { writeRows } from './rows.ts';

export type Channel = 'row_by_row' | 'import_jobs';

interface Progress {
  status: string;
  channel: string;
  counts: Record<'pending' | 'created', number>;
}

const LOOK_MS = 100;

export interface Makespan {
  measure: Measure;
  /** Refusals by rate buckets, as the authority counts them. */
  refused: number;
}

/** @param leastSeconds computed from the authority's limits, not measured */
export async function makespan(
  deployment: Deployment,
  control: ControlClient,
  authorization: string,
  { channel, rows, leastSeconds }: { channel: Channel; rows: number; leastSeconds: number },
): Promise<Makespan> {
  const file = join(deployment.home, 'rows.ndjson');
  await writeRows(file, rows, channel.replaceAll('_', '-'));
  console.error(`${channel}: ${rows} rows, in ${leastSeconds.toFixed(1)} s at the least`);
  await control.forgetCalls();
  const started = performance.now();
  const { url } = await sendFile(deployment.api, file, authorization, `?channel=${channel}`);
  await rm(file);
  let state: Progress;
  do {
    await delay(LOOK_MS);
    const response = await fetch(url, { headers: { authorization } });
    state = (await response.json()) as Progress;
  } while (state.status === 'queued' || state.status === 'running');
  const seconds = (performance.now() - started) / 1000;
  if (state.counts.created !== rows)
    throw new Error(`${channel}: ${state.status}, ${JSON.stringify(state.counts)}`);
  const value = seconds / leastSeconds;
  return {
    refused: await refusals(control),
    measure: {
      name: `makespan_ratio_${channel}`,
      value,
      unit: '× the least time',
      target: 1.05,
      bound: 'at most',
      baseline: `${rows} rows in ${leastSeconds.toFixed(1)} s, by the authority’s limits`,
      runs: [value],
    },
  };
}
