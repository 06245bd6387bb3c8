/** Progress bar for a terminal. */
import { SingleBar } from 'cli-progress';
import type { Display } from './display.ts';
import { rowsDone, type ImportState } from './import-state.ts';

const MEGABYTE = 1_000_000;

const upload = 'Uploading  [{bar}] {percentage} %  {megabytes} MB';
const work = '{verb}[{bar}] {percentage} %  {value} of {total} rows{left}';

export function barDisplay(): Display {
  let bar: SingleBar | undefined;
  let shown: string | undefined;

  function show(format: string, value: number, total: number, payload: object = {}): void {
    if (shown !== format) {
      end();
      bar = new SingleBar({ format, hideCursor: true, barsize: 30, etaBuffer: 50, stream: process.stderr });
      bar.start(total, value, payload);
      shown = format;
    }
    bar?.update(value, payload);
  }

  function end(): void {
    bar?.stop();
    bar = undefined;
    shown = undefined;
  }

  return {
    uploading(sent, total) {
      show(upload, sent, total ?? sent, { megabytes: (sent / MEGABYTE).toFixed(1) });
    },
    working(state) {
      // Newer servers may have further statuses.
      const status: string = state.status;
      const verb = status === 'paused' ? 'Paused     ' : 'Importing  ';
      show(work, rowsDone(state), state.total, { verb, left: timeLeft(state) });
    },
    say(line) {
      end();
      process.stderr.write(`${line}\n`);
    },
    end,
  };
}

/** As estimated by the server; empty if it is not. */
function timeLeft({ estimated_end_at: end }: ImportState): string {
  const seconds = Math.ceil((Date.parse(end ?? '') - Date.now()) / 1_000);
  if (!(seconds > 0)) return '';
  const minutes = Math.ceil(seconds / 60);
  return seconds < 60 ? `, ${seconds} s left` : `, ${minutes.toLocaleString('en')} min left`;
}
