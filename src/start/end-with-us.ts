/** No child outlives this process, however it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** @param graceSeconds how long others may go on using it that end with us, too */
export function endWithUs(child: ChildProcess, graceSeconds = 0): void {
  children.add(child);
  // After a SIGKILL nothing of ours runs any more, but the pipe to this guard is closed by the system.
  const guard = spawn(
    'sh',
    ['-c', 'read -r _; sleep "$1"; kill "$0"', String(child.pid), String(graceSeconds)],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  );
  // A system without `sh` has no guard; all else works.
  guard.on('error', () => undefined);
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  child.once('exit', () => {
    children.delete(child);
    guard.kill('SIGKILL');
  });
}
