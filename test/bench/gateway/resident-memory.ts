/** Resident memory of another process, from the operating system (proc_pid_status(5)). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export const isMeasurable = existsSync('/proc/self/clear_refs');
const KIB_PER_MIB = 1_024;

/** MiB. */
export const residentMemory = (pid: number): number => read(pid, 'VmRSS');

/** Since `forgetPeak`, MiB. */
export const peakMemory = (pid: number): number => read(pid, 'VmHWM');

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function read(pid: number, field: string): number {
  const [, kib] =
    new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / KIB_PER_MIB;
}
