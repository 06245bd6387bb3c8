import { plainText } from '../plain-text.ts';

/** Exit codes of `trivium setup`, for scripts. The help text is generated from this. */
export const setupExitCodes = {
  done: [0, 'the account is as Trivium needs it (with --check: no drift)'],
  drift: [1, '--check found drift'],
  usage: [2, 'wrong arguments, no access token, files that cannot be used'],
  refused: [3, 'Auth0 refused; the message says what to do'],
  declined: [4, 'the plan was shown and not applied'],
  unreachable: [5, 'Auth0 could not be reached, or failed; the same command goes on where it stopped'],
  broken: [70, 'an internal error of this program'],
} as const satisfies Record<string, readonly [number, string]>;

export type SetupEnding = keyof typeof setupExitCodes;

/** Ends the program with a message for people. */
export class SetupFailure extends Error {
  readonly ending: SetupEnding;
  /** In Auth0's words: it forbids the call (403). */
  forbidden: string | undefined;

  /** @param lines what failed, and what to do */
  constructor(ending: SetupEnding, lines: string[], cause?: unknown) {
    super(lines.join('\n'), { cause });
    this.ending = ending;
  }
}

/** @param error of the request, whose code says why */
export function unreachable(url: string, error: unknown): SetupFailure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.name) : 'unknown';
  return new SetupFailure(
    'unreachable',
    [
      plainText(`${url} did not answer (${code}).`),
      '  Run the same command again: it goes on where it stopped.',
    ],
    error,
  );
}

export function setupExitCodesHelp(): string {
  const lines = Object.values(setupExitCodes).map(
    ([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`,
  );
  return `\nExit codes:\n${lines.join('\n')}`;
}
