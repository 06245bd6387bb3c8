/** Logs a fatal error as one line instead of a stack trace, which would print what the error carries. */
import type { Log } from './log.ts';

/** Installs the handlers. Errors of Redis carry the command that failed, passwords included. */
export function logLastWords(log: Log): void {
  const end = (err: unknown) => {
    log.fatal({ err }, 'the process ends because of a fatal error');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
