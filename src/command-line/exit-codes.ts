/** Exit codes, for scripts. The help text is generated from this. */
export const exitCodes = {
  done: [0, 'every row was created or skipped (without --wait: the import was accepted)'],
  usage: [1, 'wrong arguments, no key, no such file'],
  refused: [2, 'the server refused'],
  someFailed: [3, 'some rows failed'],
  someUnknown: [4, 'for some rows it is unknown whether they were created'],
  unreachable: [5, 'the server could not be reached, or failed; the same command resumes the import'],
  cancelled: [6, 'the import was cancelled'],
  broken: [70, 'an internal error of this program'],
  interrupted: [130, 'Ctrl-C; the same command resumes the import'],
  terminated: [143, 'SIGTERM; the same command resumes the import'],
} as const satisfies Record<string, readonly [number, string]>;

export type Ending = keyof typeof exitCodes;

/** Ends the program with a message for people. */
export class Failure extends Error {
  readonly ending: Ending;
  /** HTTP status, if there was an answer. */
  readonly status: number | undefined;

  /** @param lines what failed, and what to do */
  constructor(ending: Ending, lines: string[], more: { cause?: unknown; status?: number } = {}) {
    super(lines.join('\n'), { cause: more.cause });
    this.ending = ending;
    this.status = more.status;
  }
}

/** Whether a retry makes sense: the server is unreachable, or limits requests (429). */
export function mayPass({ ending, status }: Failure): boolean {
  return ending === 'unreachable' || status === 429;
}

export function exitCodesHelp(): string {
  const lines = Object.values(exitCodes).map(
    ([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return `\nExit codes:\n${lines.join('\n')}`;
}
