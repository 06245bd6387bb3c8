/** How the program ends, for whoever calls it from a script. The help text is made from this. */
export const exitCodes = {
  done: [0, 'every row was created or skipped (without --wait: the import was accepted)'],
  usage: [1, 'wrong arguments, no key, no such file'],
  refused: [2, 'the server refused'],
  someFailed: [3, 'some rows failed'],
  someUnknown: [4, 'of some rows it is unknown whether they were created'],
  unreachable: [5, 'the server could not be reached, or failed; the same command takes up where it was'],
  cancelled: [6, 'the import was cancelled'],
  broken: [70, 'a fault of this program'],
  interrupted: [130, 'Ctrl-C; the same command takes up where it was'],
  terminated: [143, 'SIGTERM; the same command takes up where it was'],
} as const satisfies Record<string, readonly [number, string]>;

export type Ending = keyof typeof exitCodes;

/** Ends the program with words for a person. */
export class Failure extends Error {
  readonly ending: Ending;
  /** Of the answer, when there was one. */
  readonly status: number | undefined;

  /** @param lines what went wrong, and what to do */
  constructor(ending: Ending, lines: string[], more: { cause?: unknown; status?: number } = {}) {
    super(lines.join('\n'), { cause: more.cause });
    this.ending = ending;
    this.status = more.status;
  }
}

/** Whether it is worth asking again: the server is away, or asks for patience (429). */
export function mayPass({ ending, status }: Failure): boolean {
  return ending === 'unreachable' || status === 429;
}

export function exitCodesHelp(): string {
  const lines = Object.values(exitCodes).map(
    ([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return `\nExit codes:\n${lines.join('\n')}`;
}
