/** Progress output: a bar on a terminal, plain lines otherwise. Goes to standard error: standard output has the result. */
import type { ImportState } from './import-state.ts';

export interface Display {
  /** @param total bytes; undefined: unknown */
  uploading(sent: number, total: number | undefined): void;
  working(state: ImportState): void;
  /** Prints a line. */
  say(line: string): void;
  /** Restores the terminal. */
  end(): void;
}
