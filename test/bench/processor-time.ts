/** Processor time of another process, from the operating system. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const ticksPerSecond = existsSync('/proc/self/stat')
  ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  : undefined;

/** @returns user and system time of all its threads, µs; undefined where there is no `/proc` (proc_pid_stat(5)) */
export function processorTime(pid: number): number | undefined {
  if (ticksPerSecond === undefined) return undefined;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may hold blanks: `utime` and `stime` are the twelfth and thirteenth field behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6;
}
