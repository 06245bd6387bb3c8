/** How the program says how far it is: a bar on a terminal, plain lines otherwise. On standard error: standard output has the result. */
import type { ImportState } from './import-state.ts';

export interface Display {
  /** @param total bytes; undefined: nobody knows */
  uploading(sent: number, total: number | undefined): void;
  working(state: ImportState): void;
  /** A line of its own. */
  say(line: string): void;
  /** Leaves the terminal as it was. */
  end(): void;
}
