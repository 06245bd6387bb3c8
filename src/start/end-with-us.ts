/** Ensures that no child outlives this process, however it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** @param graceSeconds how long other children that end with this process may still use it */
export function endWithUs(child: ChildProcess, graceSeconds = 0): void {
  children.add(child);
  // After a SIGKILL none of our code runs, but the system closes the pipe to this guard.
  const guard = spawn(
    'sh',
    ['-c', 'read -r _; sleep "$1"; kill "$0"', String(child.pid), String(graceSeconds)],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  );
  // Without `sh` there is no guard; everything else works.
  guard.on('error', () => undefined);
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  child.once('exit', () => {
    children.delete(child);
    guard.kill('SIGKILL');
  });
}
