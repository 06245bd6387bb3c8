/** How a process ends by a fault: with one line in the log instead of a stack trace, which would show what the error carries. */
import type { Log } from './log.ts';

/** From now on. Errors of Redis carry the command that failed, passwords included. */
export function logLastWords(log: Log): void {
  const end = (err: unknown) => {
    log.fatal({ err }, 'the process ends by a fault');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
