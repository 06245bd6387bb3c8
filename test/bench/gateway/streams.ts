/** Long bodies in both directions: how fast they pass, and what memory that takes. */
import type { StartedProcess } from '../../../src/start/processes.ts';
import { spawnProgram } from '../load.ts';
import { median, type Measure, type Options } from '../measure.ts';
import { processorTime } from '../processor-time.ts';
import { ratios } from '../rounds.ts';
import { forgetPeak, isMeasurable, peakMemory, residentMemory } from './resident-memory.ts';
import type { TransferTask } from './transfer-process.ts';

const BYTES = 2 ** 30;
const TARGETS = { peak: 60, pace: 0.9 };

interface Target {
  process: StartedProcess;
  /** Of the service, as this process has it. */
  base: string;
  headers: Record<string, string>;
}

interface Passed {
  bytesPerSecond: number[];
  /** Processor time for each GiB, s. */
  cpuSeconds: number[];
}

export async function longBodies(
  { gateway, bare }: Record<'gateway' | 'bare', Target>,
  { rounds }: Options,
): Promise<Measure[]> {
  const ways = ['GET', 'POST'] as const;
  const found = { gateway: { GET: none(), POST: none() }, bare: { GET: none(), POST: none() } };
  for (const way of ways) for (const target of [gateway, bare]) await transfer(target, way, 1);
  const { pid } = gateway.process;
  const idle = isMeasurable ? residentMemory(pid) : 0;
  const peaks: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (isMeasurable) forgetPeak(pid);
    for (const way of ways) {
      await record(found.gateway[way], gateway, way);
      await record(found.bare[way], bare, way);
    }
    if (isMeasurable) peaks.push(peakMemory(pid) - idle);
  }
  const compared = (name: string, way: 'GET' | 'POST') =>
    ratio(name, found.gateway[way].bytesPerSecond, found.bare[way].bytesPerSecond, TARGETS.pace);
  const costs = (name: string, way: 'GET' | 'POST') =>
    ratio(name, found.gateway[way].cpuSeconds, found.bare[way].cpuSeconds, null);
  const peak: Measure = {
    name: 'stream_1gib_peak_rss_mib',
    value: median(peaks),
    unit: 'MiB',
    target: TARGETS.peak,
    bound: 'at most',
    baseline: 'above the process before, which had answered one request of each kind',
    runs: peaks,
  };
  return [
    ...(isMeasurable ? [peak] : []),
    compared('stream_1gib_vs_bare_proxy', 'GET'),
    compared('upload_1gib_vs_bare_proxy', 'POST'),
    ...(isMeasurable
      ? [costs('stream_1gib_cpu_vs_bare_proxy', 'GET'), costs('upload_1gib_cpu_vs_bare_proxy', 'POST')]
      : []),
  ];
}

const none = (): Passed => ({ bytesPerSecond: [], cpuSeconds: [] });

async function record(passed: Passed, target: Target, way: 'GET' | 'POST'): Promise<void> {
  const before = processorTime(target.process.pid);
  passed.bytesPerSecond.push(BYTES / (await transfer(target, way, BYTES)));
  const after = processorTime(target.process.pid);
  if (before !== undefined && after !== undefined) passed.cpuSeconds.push((after - before) / 1e6);
}

/** @returns seconds */
async function transfer({ base, headers }: Target, method: 'GET' | 'POST', bytes: number): Promise<number> {
  const url = base + (method === 'GET' ? `/export?bytes=${bytes}` : '/import');
  const task: TransferTask = { url, method, headers, bytes };
  return (await spawnProgram<{ seconds: number }>('gateway/transfer-process', task)).seconds;
}

function ratio(name: string, over: number[], under: number[], target: number | null): Measure {
  const runs = ratios(over, under);
  return { name, value: median(runs), unit: '×', target, baseline: 'the bare undici proxy', runs };
}
