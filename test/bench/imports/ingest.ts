/** What taking in a million rows costs: beside parsing them alone, in memory, and for everybody else. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '../../../src/start/deployment.ts';
import { median, type Measure } from '../measure.ts';
import { quantile } from '../quantile.ts';
import { probeFor, startProbes } from './probes.ts';
import { parseAlone, sendFile } from './programs.ts';
import { writeRows } from './rows.ts';

const ROWS = 1_000_000;
const ROUNDS = 5;
const IDLE_MS = 10_000;
const WARM_UP_MS = 3_000;

/** @param deployment without workers: what is measured is what comes before them */
export async function ingest(deployment: Deployment, authorization: string): Promise<Measure[]> {
  const { api, home, parts } = deployment;
  const file = join(home, 'rows.ndjson');
  const { bytes } = await writeRows(file, ROWS, 'ingest');
  console.error(`ingest: ${ROWS} rows of ${(bytes / ROWS).toFixed(0)} bytes, ${ROUNDS} uploads`);
  const others = [`${api}/v1/me`, `${api}/v1/user-imports`];
  await probeFor(WARM_UP_MS, others, authorization);
  const atRest = peakMib(parts.api.pid);
  const [ingested, alone, p99, idle]: number[][] = [[], [], [], []];
  const ratios: number[] = [];
  try {
    let before = ROWS / (await parseAlone(file, ROWS));
    for (let round = 0; round < ROUNDS; round += 1) {
      idle!.push(quantile(await probeFor(IDLE_MS, others, authorization), 0.99));
      const probes = startProbes(others, authorization);
      const { url, seconds } = await sendFile(api, file, authorization);
      p99!.push(quantile(await probes.stop(), 0.99));
      // Before it and after it: a machine that others use, too, is not as quick at all times.
      const after = ROWS / (await parseAlone(file, ROWS));
      alone!.push((before + after) / 2);
      before = after;
      ingested!.push(ROWS / seconds);
      ratios.push(ingested!.at(-1)! / alone!.at(-1)!);
      await cancel(url, authorization);
    }
  } finally {
    await rm(file);
  }
  const peak = peakMib(parts.api.pid);
  return [
    {
      name: 'ingest_ratio',
      value: median(ratios),
      unit: '×',
      target: 0.5,
      baseline: `parsing and validating alone: ${median(alone!).toFixed(0)} rows/s`,
      runs: ratios,
    },
    {
      name: 'ingest_rows_per_s',
      value: median(ingested!),
      unit: 'rows/s',
      target: null,
      baseline: '1,000,000 rows, to the 202',
      runs: ingested!,
    },
    {
      name: 'ingest_peak_rss_mib',
      value: peak,
      unit: 'MiB',
      target: 200,
      bound: 'at most',
      baseline: `VmHWM of the API process, from its start; before the uploads ${atRest.toFixed(0)}`,
      runs: [peak],
    },
    {
      name: 'ingest_p99_ratio',
      value: median(p99!.map((value, i) => value / idle![i]!)),
      unit: '×',
      target: 3,
      bound: 'at most',
      baseline: `other requests’ p99 when idle: ${median(idle!).toFixed(1)} ms`,
      runs: p99!.map((value, i) => value / idle![i]!),
    },
  ];
}

/** The most that a process ever had in memory. */
export function peakMib(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

async function cancel(url: string, authorization: string): Promise<void> {
  const response = await fetch(`${url}/cancel`, { method: 'POST', headers: { authorization } });
  if (!response.ok) throw new Error(`cancel: ${response.status} ${await response.text()}`);
}
