/** Lock file: one `npm start` at a time per home folder, as two would write the same files. */
import { isRecord } from '../json.ts';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK = 'pid';

/**
 * @returns releases the lock
 * @throws Error when another process holds it
 */
export function claimHome(home: string): () => void {
  const file = join(home, LOCK);
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isRecord(error) || error['code'] !== 'EEXIST') throw error;
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid !== process.pid && isNode(pid)) {
      throw new Error(
        `Trivium already runs in ${home} (process ${pid}). Stop it, or name another folder with TRIVIUM_HOME.`,
        { cause: error },
      );
    }
    // Left by a process that was killed.
    writeFileSync(file, String(process.pid), { mode: 0o600 });
  }
  return () => rmSync(file, { force: true });
}

/** Whether a process holds the lock, or was killed while it did. */
export const isClaimed = (home: string): boolean => existsSync(join(home, LOCK));

/** The system may have reused the process id for another program. */
function isNode(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes('node');
  } catch {
    return false;
  }
}
